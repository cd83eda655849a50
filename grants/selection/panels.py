"""What selection shows on the pages of others: the project, the call, the home page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from grants.calls.models import Call
from grants.calls.pages import PANELS as CALL_PANELS
from grants.calls.states import CallState, DateKey
from grants.projects.models import Project
from grants.projects.pages import PANELS as PROJECT_PANELS
from grants.projects.permissions import is_on_team
from grants.selection.completeness import Wanted
from grants.selection.models import ConflictDeclaration, Decision, Review
from grants.selection.permissions import can_manage_selection, can_view_decision, can_view_ranking
from grants.selection.scoring import Outcome, outcome_of
from grants.selection.selectors import (
    method_of,
    reviews_of,
    reviews_visible_to,
    scale_of,
    submitted_reviews,
    unsettled_of,
    unwritten_by,
)
from grants.selection.states import (
    COUNTED_REVIEWS,
    OPEN_REVIEWS,
    RANKED_STATES,
    ConflictState,
    DecisionState,
    ReviewState,
)
from workflows.panels import Panel
from workflows.policy import is_excluded
from workflows.registry import contribute


@dataclass(frozen=True)
class Mine:
    """What an evaluator has before them: questions of conflict, reviews, how many are done, what comes next."""

    questions: list[ConflictDeclaration]
    rows: list[dict[str, Any]]
    done: int
    next: dict[str, Any] | None

    @property
    def next_number(self) -> int:
        """The place of the next review in the round: 3 of 12."""
        return self.done + 1


def due_of(call: Call) -> Any:
    """The day, or the moment where the call names an hour, by which its reviews are due; None without such a date."""
    date = next((date for date in call.dates.all() if date.key == DateKey.EVALUATION_UNTIL), None)
    if date is None:
        return None
    return date.day if date.whole_day else date.planned_at


def progress_of(user: Any) -> Mine:
    """A person's own reviews in the order of their due days, in a constant number of queries."""
    reviews, questions = list(reviews_of(user)), list(unsettled_of(user))
    unsettled = {question.project_id: question for question in questions}
    rows = [
        {"review": review, "due": due_of(review.project.call), "question": unsettled.get(review.project_id)}
        for review in reviews
    ]
    waiting = [row for row in rows if row["review"].state in OPEN_REVIEWS and row["question"] is None]
    done = sum(1 for row in rows if row["review"].state == ReviewState.SUBMITTED)
    asked = [question for question in questions if question.state == ConflictState.ASKED]
    return Mine(asked, rows, done, waiting[0] if waiting else None)


def result_of(project: Project) -> Outcome:
    """The official result of one application, by the rules of its call."""
    reviews = submitted_reviews([project])[project.pk]
    scales = [scale_of(criterion) for criterion in project.call.criteria.order_by("order")]
    scored: list[dict[str, Any]] = [
        {score.criterion.key: score.value for score in review.scores.all()} for review in reviews
    ]
    return outcome_of(scored, scales, method_of(project.call))


def selection_of(project: Project, user: Any) -> dict[str, Any]:
    """The panel on a project's page: staff see reviews and result, an evaluator their own, the team the decision."""
    decision = Decision.objects.filter(project=project).first()
    if is_on_team(user, project):
        return _for_team(project, decision)
    if is_excluded(user, project.case_id):
        return {}
    may_read = project.pk not in unwritten_by(user)
    if may_read and can_view_ranking(user, project.call) and project.state in RANKED_STATES:
        return _for_staff(project, decision, user)
    own = Review.objects.filter(project=project, user_id=user.pk, state__in=COUNTED_REVIEWS).first()
    return {"own": own, "due": due_of(project.call)} if own is not None else {}


def _for_team(project: Project, decision: Decision | None) -> dict[str, Any]:
    if decision is None or decision.state != DecisionState.ANNOUNCED:
        return {}
    scores = project.call.terms.part("decision", "publish_scores") is not False
    outcome = result_of(project) if scores else None
    names = {criterion.key: criterion.label for criterion in project.call.criteria.all()}
    reviews = project.reviews.filter(state=ReviewState.SUBMITTED).order_by("pk")
    return {
        "decision": decision, "outcome": outcome,
        "criteria": [(names[key], value) for key, value in outcome.by_criterion.items()] if outcome else [],
        "comments": [review.comment_applicant for review in reviews if review.comment_applicant],
    }  # fmt: skip


def _for_staff(project: Project, decision: Decision | None, user: Any) -> dict[str, Any]:
    outcome, wanted = result_of(project), Wanted(project.call)
    visible = reviews_visible_to(user).filter(project=project, state__in=COUNTED_REVIEWS)
    shown = decision if decision is not None and can_view_decision(user, decision) else None
    waits = project.state == "selection"
    return {
        "staff": True, "outcome": outcome, "wanted": wanted.of(project), "draft": shown,
        "flags": wanted.flags(project, outcome) if waits else (),
        "reviews": list(visible.select_related("user").order_by("assigned_at", "pk")),
        "may_manage": can_manage_selection(user, project.call),
    }  # fmt: skip


def steps_of(call: Call, user: Any) -> dict[str, Any]:
    """The panel on a call's working page: the ways to evaluators, ranking and decisions."""
    if call.state in {CallState.DRAFT, CallState.SCHEDULED, CallState.CANCELLED} or not can_view_ranking(user, call):
        return {}
    ranked = Project.objects.filter(call=call, state__in=RANKED_STATES).count()
    links = ["ranking", "decisions"]
    if can_manage_selection(user, call):
        links.insert(0, "evaluators")
    return {"ranked": ranked, "links": {name: reverse(f"selection:{name}", args=[call.pk]) for name in links}}


def register_panels() -> None:
    """Bring the panels to their places."""
    contribute(PROJECT_PANELS, Panel("grants/selection/project_panel.html", selection_of, order=30))
    contribute(CALL_PANELS, Panel("grants/selection/call_panel.html", steps_of, order=20))
