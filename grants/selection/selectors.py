"""Reading selection: what an evaluator has to do and may see, who has a conflict, and the ranked table."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.calls.models import Call, Criterion
from grants.organisations.permissions import member_roles
from grants.projects.history import KEPT_HISTORY, Kept
from grants.projects.models import Project
from grants.projects.permissions import CAN_VIEW
from grants.projects.selectors import VISIBLE_TO, projects_visible_to_staff
from grants.projects.states import ProjectState
from grants.selection.models import ConflictDeclaration, Decision, Evaluator, Review, Score
from grants.selection.permissions import knows_evaluators, unwritten_of
from grants.selection.scoring import Method, Scale
from grants.selection.states import (
    CLEAR_STATES,
    COUNTED_REVIEWS,
    OPEN_REVIEWS,
    RANKED_STATES,
    ConflictState,
    DecisionState,
    ReviewState,
)  # fmt: skip
from workflows.models import ReasonText
from workflows.policy import recall, without_excluded
from workflows.registry import contribute


def cleared_projects(user: Any) -> frozenset[int]:
    """The projects whose content the person may read as evaluator: assigned, and the conflict question settled."""
    reviews = Review.objects.filter(user_id=user.pk, state__in=COUNTED_REVIEWS)
    clear = ConflictDeclaration.objects.filter(user_id=user.pk, state__in=CLEAR_STATES).values("project_id")
    return recall(
        ("cleared", user.pk),
        lambda: frozenset(reviews.filter(project_id__in=clear).values_list("project_id", flat=True)),
    )


def can_view_assigned(user: Any, project: Project) -> bool:
    """Whether the person may read this project because it was given to them to review."""
    return project.pk in cleared_projects(user)


def assigned_to(user: Any) -> Q:
    """The twin of `can_view_assigned`."""
    return Q(pk__in=cleared_projects(user))


contribute(CAN_VIEW, can_view_assigned)
contribute(VISIBLE_TO, assigned_to)


def is_evaluator(user: Any) -> bool:
    """Whether the person is in the pool of any call now."""
    if not user.is_authenticated:
        return False
    return recall(
        ("evaluator", user.pk), lambda: Evaluator.objects.filter(user_id=user.pk, left_at__isnull=True).exists()
    )


def reviews_of(user: Any) -> QuerySet[Review]:
    """The person's own reviews that count, with what a list shows; without cases they are kept away from."""
    return (
        without_excluded(Review.objects.filter(user_id=user.pk, state__in=COUNTED_REVIEWS), user)
        .select_related("project__call", "project__organisation", "case")
        .prefetch_related("project__call__dates")
        .order_by("project__call__closes_at", "project__number")
    )


def unwritten_by(user: Any) -> frozenset[int]:
    """The projects of which the person has yet to submit a review, and reads nobody else's until then."""
    return unwritten_of(user, Review.objects)


def reads_reviews_of(user: Any, project: Project) -> bool:
    """Whether the reviews that others write of a project are for this person."""
    return knows_evaluators(user, project) and project.pk not in unwritten_by(user)


contribute(KEPT_HISTORY, Kept(Review._meta.label_lower, reads_reviews_of))
contribute(KEPT_HISTORY, Kept(ConflictDeclaration._meta.label_lower, knows_evaluators))


def reviews_visible_to(user: Any) -> QuerySet[Review]:
    """The twin of `can_view_review`."""
    if not user.is_authenticated:
        return Review.objects.none()
    mine = Q(user_id=user.pk)
    if has_role(user, Role.COORDINATOR, Role.HEAD, Role.AUDITOR):
        mine |= ~Q(project_id__in=unwritten_by(user))
    return without_excluded(Review.objects.filter(mine), user)


def conflicts_visible_to(user: Any) -> QuerySet[ConflictDeclaration]:
    """One's own always, so that one's answer can be read again; those of others for staff who settle them."""
    if not user.is_authenticated:
        return ConflictDeclaration.objects.none()
    if not has_role(user, Role.COORDINATOR, Role.HEAD, Role.AUDITOR):
        return ConflictDeclaration.objects.filter(user_id=user.pk)
    others = without_excluded(ConflictDeclaration.objects.all(), user).values("pk")
    return ConflictDeclaration.objects.filter(Q(user_id=user.pk) | Q(pk__in=others))


def has_stepped_aside(user: Any, project_id: int) -> bool:
    """Whether the person has declared a conflict of their own with the project."""
    own = ConflictDeclaration.objects.filter(user_id=user.pk, project_id=project_id)
    return own.filter(state=ConflictState.CONFLICT).exists()


def unsettled_of(user: Any) -> QuerySet[ConflictDeclaration]:
    """The person's questions of conflict that still stand between them and an application."""
    waiting = (ConflictState.ASKED, ConflictState.POSSIBLE)
    return (
        ConflictDeclaration.objects.filter(user_id=user.pk, state__in=waiting, project__state=ProjectState.SELECTION)
        .select_related("project__call", "project__organisation")
        .order_by("project__number")
    )


def open_questions(user: Any) -> QuerySet[ConflictDeclaration]:
    """The conflict questions that the person has yet to answer."""
    return unsettled_of(user).filter(state=ConflictState.ASKED)


def decisions_visible_to(user: Any) -> QuerySet[Decision]:
    """The twin of `can_view_decision`."""
    team = Q(project__organisation_id__in=list(member_roles(user)), state=DecisionState.ANNOUNCED)
    return Decision.objects.filter(team | Q(project__in=projects_visible_to_staff(user).values("pk")))


def method_of(call: Call) -> Method:
    """How the call's rules put reviews together."""
    rules = call.terms.part("scoring") or {}
    threshold = rules.get("threshold_total")
    return Method(
        aggregate=rules.get("aggregate", "mean"),
        trim=int(rules.get("trim_each_side") or 0),
        decimals=int(rules.get("decimals", 2)),
        threshold_total=None if threshold is None else Decimal(str(threshold)),
        minimum_of_each=rules.get("criterion_minimum_applies_to", "mean") != "mean",
    )


def winners_of(call: Call) -> int | None:
    """How many winners each nomination of a contest has; None where the money decides."""
    return call.terms.part("decision", "winners_per_nomination")


def commendations_of(call: Call) -> int:
    """How many entries of each nomination may be commended beside its winners; 0 where the rules name none."""
    return 0 if call.terms.has_implementation else call.terms.part("decision", "commendations_max_per_nomination") or 0


def scale_of(criterion: Criterion) -> Scale:
    """What is needed of a criterion to reckon."""
    values = [Decimal(str(point["value"])) for point in criterion.scale]
    return Scale(criterion.key, criterion.weight, min(values), max(values), criterion.threshold_percent)


def evaluators_of(call: Call) -> QuerySet[Evaluator]:
    """The pool of a call with the load of each: assigned, submitted."""
    reviews = Q(user__reviews__project__call=call)
    return (
        Evaluator.objects.filter(call=call)
        .select_related("user")
        .annotate(
            assigned=Count(
                "user__reviews", filter=reviews & Q(user__reviews__state__in=COUNTED_REVIEWS), distinct=True
            ),
            done=Count("user__reviews", filter=reviews & Q(user__reviews__state=ReviewState.SUBMITTED), distinct=True),
        )
        .order_by(F("left_at").asc(nulls_first=True), "user__full_name", "pk")
    )


def projects_in_selection(call: Call, user: Any) -> QuerySet[Project]:
    """The projects of a call that are ranked: in selection or decided, as far as the person may see them."""
    return (
        projects_visible_to_staff(user)
        .filter(call=call, state__in=RANKED_STATES)
        .select_related("organisation", "nomination", "case")
        .order_by("number")
    )


def last_reason(review: Review) -> str:
    """Why a review was last returned, for the evaluator; empty where it never was or the words were erased."""
    texts = ReasonText.objects.filter(
        record__subject_label=review.subject_label, record__subject_id=review.pk, record__transition="return_review"
    )
    return texts.order_by("-record__subject_version").values_list("text", flat=True).first() or ""


def open_reviews_of(evaluator: Evaluator) -> QuerySet[Review]:
    """The reviews of a call that somebody has not submitted yet."""
    own = Review.objects.filter(project__call_id=evaluator.call_id, user_id=evaluator.user_id)
    return own.filter(state__in=OPEN_REVIEWS).select_related("project", "case").order_by("case_id")


def submitted_reviews(projects: Sequence[Project]) -> dict[int, list[Review]]:
    """The submitted reviews of projects with their scores, by project; two queries for any number."""
    scores = Prefetch("scores", queryset=Score.objects.select_related("criterion"))
    rows = (
        Review.objects.filter(project__in=projects, state=ReviewState.SUBMITTED)
        .select_related("user")
        .prefetch_related(scores)
        .order_by("project_id", "submitted_at", "pk")
    )
    found: dict[int, list[Review]] = {project.pk: [] for project in projects}
    for review in rows:
        found[review.project_id].append(review)
    return found
