"""Reports of a project and what was spent."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.implementation import guards, permissions
from grants.implementation.models.agreements import AwardLine
from grants.implementation.states import ReportKind, ReportState
from grants.money.models import money_field
from grants.projects.models import Project
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.text import localized
from workflows.transitions import transition

S = ReportState


class ProgressReport(WorkflowModel):
    """One report for one period: what was done, what was hard, what was spent. Accepted, or returned with a reason."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports", verbose_name=_("project"))
    key = models.SlugField(max_length=60)
    ordinal = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices)
    title = models.JSONField(_("name"))
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    due_on = models.DateField(_("due"))
    done = models.TextField(_("what was done"), blank=True)
    difficulties = models.TextField(_("what was hard"), blank=True)
    next_steps = models.TextField(_("what comes next"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("submitted by"),
    )  # fmt: skip
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    state = FSMField(_("state"), default=S.SCHEDULED, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("project", "due_on", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["project", "key", "ordinal"], name="report_once"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="report_period_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=[S.SUBMITTED, S.ACCEPTED]) | Q(submitted_at__isnull=False),
                name="report_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=S.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=S.ACCEPTED) & Q(accepted_at__isnull=True)),
                name="report_accepted_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.period_start:%Y-%m-%d}–{self.period_end:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of the report."""
        return reverse("implementation:report", args=[self.pk])

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return localized(self.title)

    @property
    def spent(self) -> Decimal:
        """What the expenses of this report make together, EUR."""
        return self.expenses.aggregate(total=Sum("amount"))["total"] or Decimal(0)

    @transition(field=state, source=S.SCHEDULED, target=S.DRAFT, permission=permissions.can_write, offered=False,
                guards=[guards.project_running], label=pgettext_lazy("report step", "Begin"))  # fmt: skip
    def start(self, move: Move) -> None:
        """The first thing was written down."""

    @transition(field=state, source=[S.SCHEDULED, S.DRAFT, S.RETURNED], target=S.SUBMITTED,
                permission=permissions.can_hand_in,
                guards=[guards.project_running, guards.period_over, guards.report_complete],
                label=pgettext_lazy("report step", "Submit the report"))  # fmt: skip
    def submit(self, move: Move) -> None:
        """Hand the report in."""
        self.submitted_at, self.submitted_by = move.now, move.by

    @transition(field=state, source=S.SUBMITTED, target=S.RETURNED, permission=permissions.can_judge,
                note_required=True, guards=[guards.project_running],
                label=pgettext_lazy("report step", "Return"))  # fmt: skip
    def return_report(self, move: Move) -> None:
        """Something is missing or unclear; the reason says what."""

    @transition(field=state, source=S.SUBMITTED, target=S.ACCEPTED, permission=permissions.can_judge,
                guards=[], label=pgettext_lazy("report step", "Accept"))  # fmt: skip
    def accept(self, move: Move) -> None:
        """The report stands; its spending counts."""
        self.accepted_at = move.now

    @transition(field=state, source=S.ACCEPTED, target=S.RETURNED, permission=permissions.can_terminate,
                note_required=True, guards=[guards.project_running],
                label=pgettext_lazy("report step", "Open again"))  # fmt: skip
    def reopen(self, move: Move) -> None:
        """A mistake was found later; only the head opens an accepted report."""
        self.accepted_at = None


class Expense(models.Model):
    """One cost paid, from one line of the budget, proved by a document named here."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="expenses")
    line = models.ForeignKey(AwardLine, models.PROTECT, related_name="expenses", verbose_name=_("line of the budget"))
    description = models.CharField(_("cost"), max_length=250)
    document = models.CharField(_("document and number"), max_length=200)
    spent_on = models.DateField(_("paid on"))
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering = ("report", "spent_on", "pk")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="expense_positive")]
