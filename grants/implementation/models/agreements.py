"""The agreement with its budget, and the milestones."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.calls.models import BudgetCategory
from grants.calls.zones import local_date
from grants.implementation import guards, permissions
from grants.implementation.states import AgreementState, MilestoneState
from grants.money.models import money_field
from grants.projects.models import Project
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition

A, M = AgreementState, MilestoneState


class Agreement(WorkflowModel):
    """The facts of the agreement on an award; signed means that both sides have signed."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="agreement", verbose_name=_("project"))
    number = models.CharField(_("number"), max_length=80, unique=True)
    amount = money_field(_("awarded"))
    sign_by = models.DateField(_("sign by"), null=True, blank=True)
    signed_by_grantee_on = models.DateField(_("signed by the grantee"), null=True, blank=True)
    signed_by_funder_on = models.DateField(_("signed by the funder"), null=True, blank=True)
    state = FSMField(_("state"), default=A.DRAFT, choices=A.choices, protected=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=A.values), name="agreement_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="agreement_amount_positive"),
            models.CheckConstraint(
                condition=~Q(state=A.SIGNED) | Q(signed_by_grantee_on__isnull=False, signed_by_funder_on__isnull=False),
                name="agreement_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of the agreement."""
        return reverse("implementation:agreement", args=[self.project_id])

    @property
    def signed_on(self) -> date | None:
        """The day from which the agreement holds: that of the later signature; None while one is lacking."""
        days = (self.signed_by_grantee_on, self.signed_by_funder_on)
        return None if None in days else max(day for day in days if day is not None)

    @transition(field=state, source=A.DRAFT, target=A.SENT, permission=permissions.can_coordinate,
                guards=[guards.project_running, guards.budget_adds_up],
                label=pgettext_lazy("agreement step", "Send to be signed"))  # fmt: skip
    def send(self, move: Move) -> None:
        """The agreement is written; both sides sign."""

    @transition(field=state, source=A.SENT, target=A.DRAFT, permission=permissions.can_coordinate, note_required=True,
                guards=[], label=pgettext_lazy("agreement step", "Take back"))  # fmt: skip
    def take_back(self, move: Move) -> None:
        """Something in it must be changed before signing."""

    @transition(field=state, source=A.SENT, target=A.SIGNED, permission=permissions.can_coordinate, offered=True,
                guards=[guards.project_running, guards.signing_days_given], logged=("grantee_on", "funder_on"),
                label=pgettext_lazy("agreement step", "Record the signatures"))  # fmt: skip
    def sign(self, move: Move) -> None:
        """Both sides have signed; payments and reports follow from it."""
        self.signed_by_grantee_on = move.data["grantee_on"]
        self.signed_by_funder_on = move.data["funder_on"]

    @transition(field=state, source=[A.DRAFT, A.SENT, A.SIGNED], target=A.TERMINATED,
                permission=permissions.can_terminate, system=True, offered=False, note_required=True, guards=[],
                label=pgettext_lazy("agreement step", "Terminate"))  # fmt: skip
    def terminate(self, move: Move) -> None:
        """The project ended early, and the agreement with it."""


class AwardLine(models.Model):
    """One line of the agreed budget: what the grant pays and what the grantee adds, EUR."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    category = models.ForeignKey(BudgetCategory, models.PROTECT, related_name="+", verbose_name=_("category"))
    description = models.CharField(_("cost"), max_length=250)
    requested = money_field(_("requested"))
    awarded = money_field(_("awarded"))
    own = money_field(_("own contribution"), default=0)

    class Meta:
        verbose_name = _("line of the budget")
        verbose_name_plural = _("lines of the budget")
        ordering = ("agreement", "order")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "order"], name="award_line_order_once"),
            models.CheckConstraint(
                condition=Q(requested__gte=0, awarded__gte=0, own__gte=0), name="award_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category.code} {self.description}"


class Milestone(WorkflowModel):
    """Something the project promised to reach by a day."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones", verbose_name=_("project"))
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("milestone"), max_length=300)
    due_on = models.DateField(_("planned by"), null=True, blank=True)
    reached_on = models.DateField(_("reached"), null=True, blank=True)
    evidence = models.TextField(_("what shows it"), blank=True)
    state = FSMField(_("state"), default=M.PLANNED, choices=M.choices, protected=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("project", "order")
        constraints = [
            models.UniqueConstraint(fields=["project", "order"], name="milestone_order_once"),
            models.CheckConstraint(condition=Q(state__in=M.values), name="milestone_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[M.SUBMITTED, M.ACCEPTED]) | ~Q(evidence=""), name="milestone_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the milestone."""
        return reverse("implementation:milestone", args=[self.pk])

    @transition(field=state, source=[M.PLANNED, M.RETURNED], target=M.SUBMITTED, permission=permissions.can_write,
                guards=[guards.project_running, guards.evidence_given, guards.reached_by_now],
                label=pgettext_lazy("milestone step", "Report it done"))  # fmt: skip
    def submit(self, move: Move) -> None:
        """The grantee says that it is reached, and what shows it."""
        self.evidence = move.data.get("evidence", "").strip() or self.evidence
        self.reached_on = move.data.get("reached_on") or local_date(move.now, self.project.call.time_zone)

    @transition(field=state, source=M.SUBMITTED, target=M.ACCEPTED, permission=permissions.can_judge,
                guards=[], label=pgettext_lazy("milestone step", "Accept"))  # fmt: skip
    def accept(self, move: Move) -> None:
        """Somebody else than who reported it agrees."""

    @transition(field=state, source=M.SUBMITTED, target=M.RETURNED, permission=permissions.can_judge,
                note_required=True, guards=[guards.project_running],
                label=pgettext_lazy("milestone step", "Return"))  # fmt: skip
    def return_milestone(self, move: Move) -> None:
        """Something is missing, and the reason says what."""

    @transition(field=state, source=[M.PLANNED, M.RETURNED], target=M.WAIVED, permission=permissions.can_coordinate,
                note_required=True, guards=[], label=pgettext_lazy("milestone step", "Waive"))  # fmt: skip
    def waive(self, move: Move) -> None:
        """The project need not reach it after all."""
