"""The decision on a project: drafted, proposed by one, confirmed by another, announced to the applicant."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.money.models import Funding, money_field
from grants.projects.models import Project
from grants.selection import guards, permissions
from grants.selection.states import DecisionOutcome, DecisionState, outcome_label
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition

S = DecisionState


class Decision(WorkflowModel):
    """What is decided on a project. `reason` is what the applicant reads; `score` and `rank` are those of that day."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="decision", verbose_name=_("project"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=DecisionOutcome.choices)
    amount = money_field(_("awarded sum"), null=True, blank=True)
    reason = models.TextField(_("reason for the applicant"), blank=True)
    score = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField(_("place"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    state = FSMField(_("state"), default=S.DRAFT, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("rank", "project")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="decision_state_known"),
            models.CheckConstraint(condition=Q(outcome__in=DecisionOutcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="award", amount__isnull=False, amount__gt=0)
                | (~Q(outcome="award") & Q(amount__isnull=True)),
                name="decision_amount_only_for_award",
            ),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(proposed_by__isnull=False), name="decision_proposed_by_someone"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.CONFIRMED, S.ANNOUNCED])
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by"))),
                name="decision_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=S.ANNOUNCED, announced_at__isnull=False)
                | (~Q(state=S.ANNOUNCED) & Q(announced_at__isnull=True)),
                name="decision_announced_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.outcome_label}"

    @property
    def outcome_label(self) -> Any:
        """What is decided, in the words of the call."""
        return outcome_label(self.outcome, grants_money=self.project.call.terms.grants_money)

    def get_absolute_url(self) -> str:
        """The decisions of the call, where this one stands among the others."""
        return reverse("selection:decisions", args=[self.project.call_id])

    @transition(field=state, source=S.DRAFT, target=S.PROPOSED, permission=permissions.can_propose, offered=False,
                guards=[guards.project_awaits_decision, guards.amount_within_request],
                label=pgettext_lazy("decision step", "Propose"))  # fmt: skip
    def propose(self, move: Move) -> None:
        """Put the decision forward to whoever confirms it."""
        self.proposed_by = move.by
        self.score = move.data.get("score")
        self.rank = move.data.get("rank")

    @transition(field=state, source=[S.PROPOSED, S.CONFIRMED], target=S.DRAFT, permission=permissions.can_propose,
                system=True, note_required=True, guards=[],
                label=pgettext_lazy("decision step", "Take back"))  # fmt: skip
    def take_back(self, move: Move) -> None:
        """Return to the draft; nobody outside has heard of it."""
        self.proposed_by = None
        self.confirmed_by = None

    @transition(field=state, source=S.PROPOSED, target=S.CONFIRMED, permission=permissions.can_confirm,
                locks_parent=True, offered=False, guards=[guards.project_awaits_decision],
                label=pgettext_lazy("decision step", "Confirm"))  # fmt: skip
    def confirm(self, move: Move) -> None:
        """A second person agrees."""
        self.confirmed_by = move.by

    @transition(field=state, source=S.CONFIRMED, target=S.ANNOUNCED, permission=permissions.can_announce,
                locks_parent=True, offered=False, guards=[guards.project_awaits_decision],
                label=pgettext_lazy("decision step", "Announce"))  # fmt: skip
    def announce(self, move: Move) -> None:
        """Into force: the project moves, the money is committed, the letter leaves."""
        self.announced_at = move.now

    @transition(field=state, source=S.ANNOUNCED, target=S.DRAFT, permission=permissions.can_propose,
                note_required=True, guards=[guards.waits_for_another],
                label=pgettext_lazy("decision step", "Decide anew"))  # fmt: skip
    def decide_anew(self, move: Move) -> None:
        """Money came free for one on the reserve list, or a declined one was reinstated: decided once more."""
        self.proposed_by = None
        self.confirmed_by = None
        self.announced_at = None


class DecisionShare(models.Model):
    """How much of an award comes from which funding of the call; the shares add up to the award."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="shares")
    funding = models.ForeignKey(Funding, models.PROTECT, related_name="+")
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("share of an award")
        verbose_name_plural = _("shares of awards")
        ordering = ("funding",)
        constraints = [
            models.UniqueConstraint(fields=["decision", "funding"], name="decision_share_once"),
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="decision_share_positive"),
        ]
