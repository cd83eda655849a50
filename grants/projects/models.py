"""The project: its facts and its machine."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE, FSMField

from grants.calls.models import Call, Nomination
from grants.money.models import money_field
from grants.organisations.folding import fold
from grants.organisations.models import Organisation
from grants.projects import guards
from grants.projects import permissions as policy
from grants.projects.invariants import CONSTRAINTS
from grants.projects.states import HOLDABLE_STATES, STAGE_OF, ProjectState, Stage
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition

S = ProjectState


class Project(WorkflowModel):
    """One project from draft to closing. Its case carries the same number and title.

    `submit_until` is a deadline of its own (an invitation, an extension for one), else the call's holds. `returns_to`
    is where a refused project stood before. `held_since` stops its clocks; it is no state.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="projects", verbose_name=_("call"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="projects", verbose_name=_("applicant"))
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("nomination")
    )
    ordinal = models.PositiveIntegerField(_("number in the call"))
    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    requested_amount = money_field(_("requested"), null=True, blank=True)
    awarded_amount = money_field(_("awarded"), null=True, blank=True)
    submit_until = models.DateTimeField(_("own deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    held_since = models.DateTimeField(_("on hold since"), null=True, blank=True)
    returns_to = models.CharField(max_length=20, blank=True, editable=False)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    search_text = models.CharField(max_length=1000, blank=True, editable=False)
    state = FSMField(_("state"), default=S.CALL, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("call", "ordinal")
        constraints = CONSTRAINTS
        indexes = [
            models.Index(fields=["call", "state"], name="project_of_call_in_state"),
            models.Index(fields=["organisation", "state"], name="project_of_applicant"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text by which a project is found in step with its title."""
        self.search_text = fold(f"{self.number} | {self.title}")[:1000]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the project."""
        return reverse("projects:detail", args=[self.pk])

    @property
    def stage(self) -> Stage:
        """The stage of the five that it stands in, or ended in."""
        return STAGE_OF[S(self.state)]

    @property
    def deadline_at(self) -> datetime:
        """Until when it can be submitted: its own deadline, else the call's."""
        return self.submit_until or self.call.closes_at

    @property
    def submitted_siblings(self) -> tuple[int, int]:
        """How many other applications of this applicant the call has received: in all, and in the same category.

        What was taken back does not count. `workflow.prepare` gives the counts of many projects at once.
        """
        if "_siblings" not in self.__dict__:
            others = type(self).objects.filter(
                call_id=self.call_id, organisation_id=self.organisation_id, submitted_at__isnull=False
            ).exclude(pk=self.pk).exclude(state=S.WITHDRAWN)  # fmt: skip
            category = self.nomination.category_key if self.nomination else ""
            counts = others.aggregate(n=Count("pk"), same=Count("pk", filter=Q(nomination__category_key=category)))
            return counts["n"], counts["same"]
        return self.__dict__["_siblings"]

    def _back_in_call(self, move: Move) -> None:
        self.submitted_at = None
        self.held_since = None

    def _refused(self, move: Move) -> None:
        self.returns_to = self.state
        self.decided_at = move.now
        self.held_since = None

    def _ended(self, move: Move) -> None:
        self.ended_at = move.now
        self.held_since = None

    @transition(field=state, source=S.CALL, target=S.APPLICATION, permission=policy.can_submit, locks_parent=True,
                guards=[guards.call_takes_it_now, guards.applicant_kind_fits, guards.within_limit_of_applicant,
                        guards.within_limit_of_category], label=pgettext_lazy("project step", "Submit"))  # fmt: skip
    def submit(self, move: Move) -> None:
        """Hand the application in; "submitted at" is the same instant that decided whether it is on time."""
        self.submitted_at = move.now

    @transition(field=state, source=S.CALL, target=S.ABANDONED, permission=policy.can_abandon, system=True,
                dangerous=True, guards=[], label=pgettext_lazy("project step", "Give up the draft"))  # fmt: skip
    def abandon(self, move: Move) -> None:
        """Give a draft up: its team does, or the system once the call is decided."""
        self._ended(move)

    @transition(field=state, source=S.CALL, target=S.IMPLEMENTATION, permission=policy.can_overrule,
                locks_parent=True, note_required=True, logged=("amount",),
                guards=[guards.allocation_allowed, guards.amount_given],
                label=pgettext_lazy("project step", "Allocate"))  # fmt: skip
    def allocate(self, move: Move) -> None:
        """Give money without a competition, where the call's rules have that; `amount` in EUR."""
        self.awarded_amount = move.data["amount"]
        self.decided_at = move.now

    @transition(field=state, source=S.APPLICATION, target=S.SELECTION, permission=policy.can_coordinate,
                guards=[guards.not_held], label=pgettext_lazy("project step", "Accept for assessment"))  # fmt: skip
    def accept(self, move: Move) -> None:
        """The application is complete and eligible."""

    @transition(field=state, source=S.APPLICATION, target=S.CALL, permission=policy.can_reopen,
                guards=[guards.call_takes_it_now], label=pgettext_lazy("project step", "Reopen"))  # fmt: skip
    def reopen(self, move: Move) -> None:
        """Take the application back into work before the deadline; it must be submitted again."""
        self._back_in_call(move)

    @transition(field=state, source=S.APPLICATION, target=S.INELIGIBLE, permission=policy.can_coordinate,
                note_required=True, guards=[guards.not_held],
                label=pgettext_lazy("project step", "Find not eligible"))  # fmt: skip
    def find_ineligible(self, move: Move) -> None:
        """The application does not meet a condition of the call."""
        self._refused(move)

    @transition(field=state, source=[S.APPLICATION, S.SELECTION], target=S.CALL, permission=policy.can_coordinate,
                logged=("submit_until",),
                guards=[guards.full_proposals_asked, guards.new_deadline_given, guards.not_held],
                label=pgettext_lazy("project step", "Invite a full proposal"))  # fmt: skip
    def invite_full(self, move: Move) -> None:
        """Ask for a full proposal until `submit_until`."""
        self._back_in_call(move)
        self.submit_until = move.data["submit_until"]

    @transition(field=state, source=[S.APPLICATION, S.SELECTION, S.RESERVE], target=S.WITHDRAWN,
                permission=policy.can_withdraw, dangerous=True, guards=[],
                label=pgettext_lazy("project step", "Withdraw"))  # fmt: skip
    def withdraw(self, move: Move) -> None:
        """The applicant takes the application back; it will not be assessed or funded."""
        self._ended(move)

    @transition(field=state, source=[S.SELECTION, S.RESERVE], target=S.IMPLEMENTATION, permission=policy.can_decide,
                locks_parent=True, offered=False, logged=("amount",),
                guards=[guards.call_has_implementation, guards.amount_given, guards.not_held],
                label=pgettext_lazy("project step", "Award"))  # fmt: skip
    def award(self, move: Move) -> None:
        """Give `amount` in EUR."""
        self.awarded_amount = move.data["amount"]
        self.decided_at = move.now

    @transition(field=state, source=S.SELECTION, target=S.EVALUATION, permission=policy.can_decide,
                locks_parent=True, offered=False, guards=[guards.call_has_no_implementation, guards.not_held],
                label=pgettext_lazy("project step", "Recognise"))  # fmt: skip
    def recognise(self, move: Move) -> None:
        """A winner of a contest, which has nothing to implement."""
        self.decided_at = move.now

    @transition(field=state, source=S.SELECTION, target=S.RESERVE, permission=policy.can_decide, offered=False,
                guards=[guards.reserve_list_kept, guards.not_held],
                label=pgettext_lazy("project step", "Put on the reserve list"))  # fmt: skip
    def reserve(self, move: Move) -> None:
        """Good enough, but the money ended before it."""
        self.decided_at = move.now
        self.held_since = None

    @transition(field=state, source=S.SELECTION, target=S.DECLINED, permission=policy.can_decide, offered=False,
                guards=[guards.not_held], label=pgettext_lazy("project step", "Decline"))  # fmt: skip
    def decline(self, move: Move) -> None:
        """No money or recognition for this one."""
        self._refused(move)

    @transition(field=state, source=S.RESERVE, target=S.DECLINED, permission=policy.can_decide, system=True,
                guards=[guards.reserve_time_is_over],
                label=pgettext_lazy("project step", "End the reserve"))  # fmt: skip
    def expire(self, move: Move) -> None:
        """The reserve list has ended without money for it."""
        self._refused(move)

    @transition(field=state, source=[S.INELIGIBLE, S.DECLINED],
                target=RETURN_VALUE(S.APPLICATION, S.SELECTION, S.RESERVE), permission=policy.can_overrule,
                note_required=True, guards=[], label=pgettext_lazy("project step", "Reinstate"))  # fmt: skip
    def reinstate(self, move: Move) -> str:
        """Put a refused project back where it was: a correction, or an appeal upheld."""
        back, self.returns_to = self.returns_to, ""
        if back != S.RESERVE:
            self.decided_at = None
        return S(back)

    @transition(field=state, source=S.IMPLEMENTATION, target=S.EVALUATION, permission=policy.can_coordinate,
                guards=[guards.not_held], label=pgettext_lazy("project step", "Complete implementation"))  # fmt: skip
    def complete(self, move: Move) -> None:
        """The work is done and accounted for; its effect is measured now."""

    @transition(field=state, source=S.IMPLEMENTATION, target=S.TERMINATED, permission=policy.can_overrule,
                locks_parent=True, note_required=True, dangerous=True, guards=[],
                label=pgettext_lazy("project step", "Terminate"))  # fmt: skip
    def terminate(self, move: Move) -> None:
        """End the project before its end."""
        self._ended(move)

    @transition(field=state, source=S.EVALUATION, target=S.IMPLEMENTATION, permission=policy.can_coordinate,
                note_required=True, guards=[guards.came_from_implementation, guards.not_held],
                label=pgettext_lazy("project step", "Reopen implementation"))  # fmt: skip
    def reopen_implementation(self, move: Move) -> None:
        """Something of the implementation was not finished after all."""

    @transition(field=state, source=S.EVALUATION, target=S.CLOSED, permission=policy.can_coordinate,
                guards=[guards.not_held], label=pgettext_lazy("project step", "Close the project"))  # fmt: skip
    def close(self, move: Move) -> None:
        """Everything is measured, reported and paid."""
        self._ended(move)

    @transition(field=state, source=S.CLOSED, target=S.EVALUATION, permission=policy.can_coordinate,
                note_required=True, guards=[guards.within_reopening_time],
                label=pgettext_lazy("project step", "Reopen"))  # fmt: skip
    def reopen_evaluation(self, move: Move) -> None:
        """Open a closed project again, within thirty days."""
        self.ended_at = None

    @transition(field=state, source=list(HOLDABLE_STATES), target=RETURN_VALUE(*HOLDABLE_STATES),
                permission=policy.can_coordinate, note_required=True, guards=[guards.not_held],
                label=pgettext_lazy("project step", "Put on hold"))  # fmt: skip
    def hold(self, move: Move) -> str:
        """Stop the project's clocks; it stays in its stage."""
        self.held_since = move.now
        return self.state

    @transition(field=state, source=list(HOLDABLE_STATES), target=RETURN_VALUE(*HOLDABLE_STATES),
                permission=policy.can_coordinate, note_required=True, guards=[guards.held],
                label=pgettext_lazy("project step", "Resume"))  # fmt: skip
    def resume(self, move: Move) -> str:
        """Let the clocks run again."""
        self.held_since = None
        return self.state
