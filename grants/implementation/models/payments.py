"""Instalments of an award: each waits for its conditions, is put forward, approved by another, and paid."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.implementation import guards, permissions
from grants.implementation.models.agreements import Agreement
from grants.implementation.states import PaymentKind, PaymentState
from grants.money.models import money_field
from grants.projects.models import Project
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.text import localized
from workflows.transitions import transition

S = PaymentState

CONDITIONS = [
    guards.project_not_over, guards.agreement_signed, guards.named_report_accepted, guards.condition_confirmed,
    guards.earlier_instalments_settled,
]  # fmt: skip
"""What an instalment waits for; the page shows each as met or not."""


class Payment(WorkflowModel):
    """One instalment. `after_report` names the report it follows, `condition` a condition in words of the call."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="payments", verbose_name=_("project"))
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="payments")
    ordinal = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=PaymentKind.choices)
    title = models.JSONField(_("name"))
    percent = models.DecimalField(_("per cent"), max_digits=5, decimal_places=2)
    amount = money_field(_("amount"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    after_report = models.CharField(max_length=60, blank=True)
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    condition_note = models.TextField(_("how the condition is met"), blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("put forward by"),
    )  # fmt: skip
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("approved by"),
    )  # fmt: skip
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    reference = models.CharField(_("bank reference"), max_length=140, blank=True)
    state = FSMField(_("state"), default=S.PLANNED, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("agreement", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "ordinal"], name="payment_ordinal_once"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="payment_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=~Q(state__in=[S.APPROVED, S.PAID, S.FAILED])
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("requested_by"))),
                name="payment_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(state=S.PAID) | Q(paid_on__isnull=False), name="payment_paid_has_day"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The page of the payment."""
        return reverse("implementation:payment", args=[self.pk])

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return localized(self.title)

    @property
    def condition_words(self) -> str:
        """The condition in the reader's language."""
        return localized(self.condition) if self.condition else ""

    def obstacles(self, move: Move) -> list[tuple[Any, Any]]:
        """Each condition with its obstacle or None, for "why not yet"."""
        return [(guard, guard(self, move)) for guard in CONDITIONS]

    @transition(field=state, source=[S.PLANNED, S.FAILED], target=S.REQUESTED, permission=permissions.can_coordinate,
                guards=CONDITIONS, label=pgettext_lazy("payment step", "Put forward"))  # fmt: skip
    def request(self, move: Move) -> None:
        """A coordinator says that the instalment is due now."""
        self.requested_by, self.approved_by = move.by, None
        self.condition_note = move.data.get("condition_note", "").strip() or self.condition_note

    @transition(field=state, source=S.REQUESTED, target=S.PLANNED, permission=permissions.can_approve_payment,
                note_required=True, guards=[], label=pgettext_lazy("payment step", "Return"))  # fmt: skip
    def return_request(self, move: Move) -> None:
        """The second person does not agree, and says why."""
        self.requested_by = None

    @transition(field=state, source=S.REQUESTED, target=S.APPROVED, permission=permissions.can_approve_payment,
                guards=[guards.project_not_over], label=pgettext_lazy("payment step", "Approve"))  # fmt: skip
    def approve(self, move: Move) -> None:
        """A second person agrees that the money leaves."""
        self.approved_by = move.by

    @transition(field=state, source=S.APPROVED, target=S.PLANNED, permission=permissions.can_approve_payment,
                note_required=True, guards=[],
                label=pgettext_lazy("payment step", "Take the approval back"))  # fmt: skip
    def revoke(self, move: Move) -> None:
        """Something was overlooked, or nobody is left who may pay what this person approved."""
        self.requested_by = self.approved_by = None

    @transition(field=state, source=S.APPROVED, target=S.PAID, permission=permissions.can_pay, locks_parent=True,
                guards=[guards.project_not_over, guards.paid_on_given], logged=("paid_on", "reference"),
                label=pgettext_lazy("payment step", "Record as paid"))  # fmt: skip
    def pay(self, move: Move) -> None:
        """The money has left; the ledger says so in the same transaction."""
        self.paid_on = move.data["paid_on"]
        self.reference = move.data.get("reference", "")[:140]

    @transition(field=state, source=S.APPROVED, target=S.FAILED, permission=permissions.can_pay, note_required=True,
                guards=[], label=pgettext_lazy("payment step", "Record as failed"))  # fmt: skip
    def fail(self, move: Move) -> None:
        """The bank returned it; it must be put forward again."""

    @transition(field=state, source=[S.PLANNED, S.REQUESTED, S.APPROVED, S.FAILED], target=S.CANCELLED,
                permission=permissions.can_terminate, system=True, note_required=True, dangerous=True, guards=[],
                label=pgettext_lazy("payment step", "Cancel"))  # fmt: skip
    def cancel(self, move: Move) -> None:
        """The instalment will not be paid."""
