"""One person's review of one application: scores, comments, advice; every submission is kept."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE, FSMField

from grants.calls.models import Criterion
from grants.money.models import money_field
from grants.projects.models import Project
from grants.selection import guards, permissions
from grants.selection.models.conflicts import ConflictDeclaration
from grants.selection.states import OPEN_REVIEWS, Recommendation, ReviewState
from workflows.models import AppendOnlyModel, WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition

S = ReviewState


class Review(WorkflowModel):
    """The review of a submitted version by one evaluator. `total` is reckoned at submission (scoring.review_total)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews", verbose_name=_("project"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("evaluator")
    )
    version_number = models.PositiveSmallIntegerField(_("version of the application"), default=1)
    recommendation = models.CharField(_("recommendation"), max_length=12, choices=Recommendation.choices, blank=True)
    recommended_amount = money_field(_("recommended sum"), null=True, blank=True)
    comment_applicant = models.TextField(_("comment for the applicant"), blank=True)
    comment_panel = models.TextField(_("comment for the panel only"), blank=True)
    total = models.DecimalField(_("points"), max_digits=7, decimal_places=4, null=True, blank=True)
    assigned_at = models.DateTimeField(_("assigned"))
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    state = FSMField(_("state"), default=S.ASSIGNED, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("project", "assigned_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="review_once"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="review_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[S.SUBMITTED, S.RETURNED]) | Q(total__isnull=False, submitted_at__isnull=False),
                name="review_submitted_has_total",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100), name="review_total_in_range"
            ),
            models.CheckConstraint(
                condition=Q(recommended_amount__isnull=True) | Q(recommended_amount__gte=0),
                name="review_amount_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.user}"

    def stored_conflict_state(self) -> str | None:
        """Where the question of conflict between its person and its project stands now; None where it was not asked."""
        questions = ConflictDeclaration.objects.filter(project_id=self.project_id, user_id=self.user_id)
        return questions.values_list("state", flat=True).first()

    def get_absolute_url(self) -> str:
        """The page where it is written, or read."""
        return reverse("selection:review", args=[self.pk])

    @transition(field=state, source=S.ASSIGNED, target=S.DRAFT, permission=permissions.can_write_review, offered=False,
                guards=[guards.conflict_settled], label=pgettext_lazy("review step", "Start"))  # fmt: skip
    def start(self, move: Move) -> None:
        """The first thing was written down."""

    @transition(field=state, source=[S.ASSIGNED, S.DRAFT, S.RETURNED], target=S.SUBMITTED,
                permission=permissions.can_write_review,
                guards=[guards.conflict_settled, guards.project_in_selection, guards.review_complete],
                label=pgettext_lazy("review step", "Submit the review"))  # fmt: skip
    def submit(self, move: Move) -> None:
        """The review counts from now on; it is changed only if somebody returns it."""
        self.total = move.data["total"]
        self.submitted_at = move.now

    @transition(field=state, source=S.SUBMITTED, target=S.RETURNED, permission=permissions.can_manage_review,
                note_required=True, guards=[guards.project_in_selection],
                label=pgettext_lazy("review step", "Return to the evaluator"))  # fmt: skip
    def return_review(self, move: Move) -> None:
        """Ask the evaluator to look again, and say at what."""

    @transition(field=state, source=[*OPEN_REVIEWS, S.SUBMITTED], target=S.RECUSED,
                permission=permissions.can_recuse, system=True, offered=False, guards=[],
                label=pgettext_lazy("review step", "Give up for a conflict"))  # fmt: skip
    def recuse(self, move: Move) -> None:
        """The review no longer counts: a conflict came to light."""

    @transition(field=state, source=list(OPEN_REVIEWS), target=S.CANCELLED, permission=permissions.can_manage_review,
                system=True, note_required=True, guards=[],
                label=pgettext_lazy("review step", "Cancel the assignment"))  # fmt: skip
    def cancel(self, move: Move) -> None:
        """The evaluator need not write it after all."""

    @transition(field=state, source=S.CANCELLED, target=RETURN_VALUE(S.ASSIGNED, S.DRAFT, S.RETURNED),
                permission=permissions.can_manage_review, guards=[guards.not_kept_away, guards.project_in_selection],
                label=pgettext_lazy("review step", "Assign again"))  # fmt: skip
    def reassign(self, move: Move) -> str:
        """Ask the same evaluator again; what was written is still there."""
        if self.submitted_at:
            return S.RETURNED
        return S.DRAFT if self.saved_at else S.ASSIGNED


class Score(models.Model):
    """The points for one criterion, with the comment; the value is one of the criterion's own scale."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.DecimalField(_("points"), max_digits=7, decimal_places=3, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ("criterion__order",)
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="score_once")]

    @property
    def share(self) -> Decimal | None:
        """Where the value lies on the scale, 0 to 1; None without a value."""
        if self.value is None:
            return None
        values = [Decimal(str(point["value"])) for point in self.criterion.scale]
        return (self.value - min(values)) / (max(values) - min(values))


class ReviewVersion(AppendOnlyModel):
    """What was submitted, each time: scores and words, exactly; a rescoring never overwrites."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    total = models.DecimalField(_("points"), max_digits=7, decimal_places=4)
    at = models.DateTimeField(_("submitted"))

    class Meta:
        verbose_name = _("version of a review")
        verbose_name_plural = _("versions of reviews")
        ordering = ("review", "number")
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_version_once")]
