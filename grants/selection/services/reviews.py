"""Writing a review: saved as often as one likes, submitted once, returned with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.calls.models import Call, Criterion
from grants.selection.guards import conflict_settled
from grants.selection.models import Review, ReviewVersion, Score
from grants.selection.permissions import can_write_review
from grants.selection.scoring import review_total, rounded
from grants.selection.selectors import scale_of
from grants.selection.states import OPEN_REVIEWS, Recommendation, ReviewState
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted, Stale
from workflows.models import TransitionRecord
from workflows.moves import Move
from workflows.services import perform, reread
from workflows.services.log import locked_case


@dataclass(frozen=True, slots=True)
class Content:
    """What an evaluator has written: scores and comments by criterion key, and the rest of the form."""

    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    recommendation: str = ""
    recommended_amount: Decimal | None = None
    comment_applicant: str = ""
    comment_panel: str = ""


def edition_of(review: Review) -> str:
    """A mark of what is saved of a review: another one means that it was saved meanwhile, in another tab perhaps."""
    return review.saved_at.isoformat() if review.saved_at else ""


def save_review(*, review: Review, content: Content, by: Any, seen: str | None = None) -> Review:
    """Keep what is written so far, complete or not. seen: the edition that the person's page showed.

    Raises NotPermitted for another's review, Blocked while the question of conflict is open, Stale once submitted, or
    where another text was saved after `seen`: a page that stood open never overwrites what is newer.
    """
    if not can_write_review(by, review):
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        reread(review)
        if review.state == ReviewState.ASSIGNED:
            perform(review, "start", by=by)
        if review.state not in OPEN_REVIEWS:
            raise Stale(url=review.get_absolute_url())
        if waits := conflict_settled(review, Move("save", by, clock.now())):
            raise Blocked([waits])
        if seen is not None and seen != edition_of(review):
            if saved_content(review) == content:
                return review
            raise Stale(by=str(by), at=review.saved_at, url=review.get_absolute_url())
        _write(review, content)
    return review


def _write(review: Review, content: Content) -> None:
    Score.objects.bulk_create(
        [
            Score(review=review, criterion=criterion, value=content.scores.get(criterion.key),
                  comment=content.comments.get(criterion.key, "").strip())
            for criterion in review.project.call.criteria.all()
        ],
        update_conflicts=True, unique_fields=["review", "criterion"], update_fields=["value", "comment"],
    )  # fmt: skip
    review.recommendation = content.recommendation
    review.recommended_amount = content.recommended_amount
    review.comment_applicant = content.comment_applicant.strip()
    review.comment_panel = content.comment_panel.strip()
    review.saved_at = clock.now()
    review.save(update_fields=["recommendation", "recommended_amount", "comment_applicant", "comment_panel",
                               "saved_at"])  # fmt: skip


def saved_content(review: Review) -> Content:
    """What is saved of a review, in the form in which it is written."""
    keys = list(review.project.call.criteria.values_list("key", flat=True))
    known = {score.criterion.key: score for score in review.scores.select_related("criterion")}
    return Content(
        scores={key: known[key].value if key in known else None for key in keys},
        comments={key: known[key].comment if key in known else "" for key in keys},
        recommendation=review.recommendation,
        recommended_amount=review.recommended_amount,
        comment_applicant=review.comment_applicant,
        comment_panel=review.comment_panel,
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a review from being submitted: the field's key and a sentence."""

    key: str
    message: str

    def __str__(self) -> str:
        return self.message


def missing_in(review: Review) -> list[Missing]:
    """Everything that is missing, by the rules of the call; empty where the review can be submitted."""
    call: Call = review.project.call
    rules = call.terms.part("scoring") or {}
    scores = {score.criterion_id: score for score in review.scores.all()}
    missing: list[Missing] = []
    for criterion in call.criteria.order_by("order"):
        missing += _missing_for(criterion, scores.get(criterion.pk), rules)
    if call.terms.grants_money and not review.recommendation:
        missing.append(Missing("recommendation", _("Say whether you advise to fund it.")))
    floor = rules.get("recommended_sum_required_from_score")
    complete = all(scores.get(c.pk) and scores[c.pk].value is not None for c in call.criteria.all())
    wanted = floor is not None and complete and review.recommendation != Recommendation.DECLINE
    if wanted and review.recommended_amount is None and rounded(total_of(review)) >= Decimal(str(floor)):
        missing.append(Missing("recommended_amount", _("Name the sum that you recommend.")))
    return missing


def _missing_for(criterion: Criterion, score: Score | None, rules: Mapping[str, Any]) -> list[Missing]:
    missing = []
    if score is None or score.value is None:
        text = _("%(criterion)s: give points.") % {"criterion": criterion.label}
        missing.append(Missing(f"score-{criterion.key}", text))
    least = int(rules.get("comment_min_chars") or 0) if rules.get("comment_required") else 0
    length = len(score.comment) if score else 0
    if length < least:
        short = least - length
        text = ngettext(
            "%(criterion)s: the comment is %(number)d character too short (at least %(least)d).",
            "%(criterion)s: the comment is %(number)d characters too short (at least %(least)d).",
            short,
        ) % {"criterion": criterion.label, "number": short, "least": least}
        missing.append(Missing(f"comment-{criterion.key}", text))
    return missing


def total_of(review: Review) -> Decimal:
    """The result of the review as it stands, 0 to 100; every criterion must have a value."""
    values = {s.criterion.key: s.value for s in review.scores.select_related("criterion") if s.value is not None}
    return review_total(values, [scale_of(criterion) for criterion in review.project.call.criteria.all()])


def submit_review(
    *, review: Review, by: Any, key: str | None = None, seen_version: int | None = None
) -> TransitionRecord:
    """Hand the review in; it counts from now on. Raises Blocked with everything that is missing."""
    with clock.reading(), transaction.atomic():
        locked_case(review.case_id)
        missing = missing_in(review)
        total = None if any(m.key.startswith("score-") for m in missing) else rounded(total_of(review), 4)
        record = perform(review, "submit", by=by, key=key, seen_version=seen_version, missing=missing, total=total)
        number = ReviewVersion.objects.filter(review=review).count() + 1
        if not ReviewVersion.objects.filter(review=review, at=record.at).exists():
            facts: dict[str, Any] = {"content": _content_of(review), "total": review.total, "at": record.at}
            ReviewVersion(review=review, number=number, **facts).save()
    return record


def _content_of(review: Review) -> dict[str, Any]:
    scores = review.scores.select_related("criterion")
    return {
        "scores": {s.criterion.key: {"value": str(s.value), "comment": s.comment} for s in scores},
        "recommendation": review.recommendation,
        "recommended_amount": None if review.recommended_amount is None else str(review.recommended_amount),
        "comment_applicant": review.comment_applicant,
        "comment_panel": review.comment_panel,
    }


def return_review(*, review: Review, by: Any, note: str, seen_version: int | None = None) -> TransitionRecord:
    """Ask the evaluator to look again, with what at."""
    return perform(review, "return_review", by=by, note=note, seen_version=seen_version)


def cancel_review(*, review: Review, by: Any, note: str) -> TransitionRecord:
    """Take an assignment back."""
    return perform(review, "cancel", by=by, note=note)
