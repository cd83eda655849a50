"""A measurement and its machine."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.evaluation import guards, permissions
from grants.evaluation.models.indicators import ProjectIndicator, number_field
from grants.evaluation.states import COUNTS, FRACTIONS, UNDER_WAY, Measure, MeasurementState, Method, Wave
from grants.questionnaires.models import Document
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition

S = MeasurementState
SETTLED = Q(state__in=[S.SUBMITTED, S.APPROVED, S.SUPERSEDED])
NO_VALUE = Q(value__isnull=True)
NO_FRACTION = Q(numerator__isnull=True, denominator__isnull=True)
NO_MEAN = Q(mean__isnull=True, sample_size__isnull=True, deviation__isnull=True)
WHOLE = (
    Q(measure__in=COUNTS, value__isnull=False)
    | Q(measure__in=FRACTIONS, numerator__isnull=False, denominator__gt=0)
    | Q(measure=Measure.MEAN, mean__isnull=False, sample_size__gt=0)
)
"""A value that is there: as many parts as its measure has."""


class Measurement(WorkflowModel):
    """One value of one indicator in one wave, with what shows it.

    A count has `value`; a share or ratio has `numerator` and `denominator`; a mean has `mean`, `sample_size` and
    perhaps `deviation`. A correction is a new measurement that `corrects` the approved one, with a reason.
    """

    indicator = models.ForeignKey(
        ProjectIndicator, models.PROTECT, related_name="measurements", verbose_name=_("indicator")
    )
    wave = models.CharField(_("wave"), max_length=10, choices=Wave.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices, editable=False)
    value = number_field(_("value"))
    numerator = number_field(_("part"))
    denominator = number_field(_("whole"))
    mean = number_field(_("mean"))
    sample_size = models.PositiveIntegerField(_("number of answers"), null=True, blank=True)
    deviation = number_field(_("standard deviation"))
    method = models.CharField(_("how it was measured"), max_length=12, choices=Method.choices, blank=True)
    evidence = models.TextField(_("what shows it"), blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    measured_on = models.DateField(_("measured on"), null=True, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    correction_reason = models.CharField(_("why it is corrected"), max_length=500, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    state = FSMField(_("state"), default=S.DRAFT, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ("indicator", "wave", "number")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "wave", "number"], name="measurement_number_once"),
            models.UniqueConstraint(
                fields=["indicator", "wave"], condition=Q(state=S.APPROVED), name="measurement_one_approved"
            ),
            models.UniqueConstraint(
                fields=["indicator", "wave"], condition=Q(state__in=UNDER_WAY), name="measurement_one_under_way"
            ),
            models.CheckConstraint(condition=Q(state__in=S.values), name="measurement_state_known"),
            models.CheckConstraint(condition=Q(wave__in=Wave.values), name="measurement_wave_known"),
            models.CheckConstraint(
                condition=(Q(measure__in=COUNTS) & NO_FRACTION & NO_MEAN)
                | (Q(measure__in=FRACTIONS) & NO_VALUE & NO_MEAN)
                | (Q(measure=Measure.MEAN) & NO_VALUE & NO_FRACTION),
                name="measurement_value_fits_measure",
            ),
            models.CheckConstraint(condition=~SETTLED | WHOLE, name="measurement_whole_once_submitted"),
            models.CheckConstraint(
                condition=~Q(measure=Measure.PERCENTAGE)
                | Q(numerator__isnull=True)
                | Q(denominator__isnull=True)
                | Q(numerator__gte=0, numerator__lte=F("denominator")),
                name="measurement_part_within_whole",
            ),
            models.CheckConstraint(
                condition=Q(deviation__isnull=True) | Q(deviation__gte=0), name="measurement_deviation_possible"
            ),
            models.CheckConstraint(
                condition=~SETTLED
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, measured_on__isnull=False),
                name="measurement_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.APPROVED, S.SUPERSEDED])
                | (Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("submitted_by"))),
                name="measurement_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="measurement_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name}: {self.get_wave_display()}"

    def get_absolute_url(self) -> str:
        """The page of the measurement."""
        return reverse("evaluation:measurement", args=[self.pk])

    def get_edit_url(self) -> str:
        """The form in which it is written."""
        return reverse("evaluation:measure", args=[self.indicator_id, self.wave])

    @property
    def has_value(self) -> bool:
        """Whether every part that its measure needs is there."""
        return self.result is not None

    @property
    def result(self) -> Decimal | None:
        """The figure it comes to: the count, 100 × part ÷ whole, part ÷ whole, or the mean; None where it lacks."""
        if self.measure in COUNTS:
            return self.value
        if self.measure == Measure.MEAN:
            return self.mean if self.sample_size else None
        if self.numerator is None or not self.denominator:
            return None
        quotient = self.numerator / self.denominator
        return quotient * 100 if self.measure == Measure.PERCENTAGE else quotient

    @transition(field=state, source=[S.DRAFT, S.RETURNED], target=S.SUBMITTED, permission=permissions.can_hand_in,
                guards=[guards.project_is_measured, guards.value_given, guards.day_given, guards.evidence_given],
                label=pgettext_lazy("measurement step", "Submit"))  # fmt: skip
    def submit(self, move: Move) -> None:
        """Hand the value in, to be approved."""
        self.submitted_at, self.submitted_by = move.now, move.by

    @transition(field=state, source=S.SUBMITTED, target=S.RETURNED, permission=permissions.can_judge,
                note_required=True, guards=[guards.project_is_measured],
                label=pgettext_lazy("measurement step", "Return"))  # fmt: skip
    def return_measurement(self, move: Move) -> None:
        """The value or its evidence is not clear; the reason says why."""

    @transition(field=state, source=S.SUBMITTED, target=S.APPROVED, permission=permissions.can_judge,
                guards=[guards.earlier_one_replaced],
                label=pgettext_lazy("measurement step", "Approve"))  # fmt: skip
    def approve(self, move: Move) -> None:
        """The value counts from now on."""
        self.approved_at, self.approved_by = move.now, move.by

    @transition(field=state, source=S.APPROVED, target=S.SUPERSEDED, permission=permissions.can_judge, offered=False,
                note_required=True, guards=[],
                label=pgettext_lazy("measurement step", "Replace by a correction"))  # fmt: skip
    def supersede(self, move: Move) -> None:
        """A correction is approved in the same moment; this value stays to be read."""
