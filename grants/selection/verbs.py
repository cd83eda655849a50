"""What the policy table says about selection: conflicts, reviews, the ranking and decisions."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from grants.selection import permissions as may
from grants.selection.models import ConflictDeclaration, Review
from grants.selection.selectors import conflicts_visible_to, decisions_visible_to, reviews_visible_to
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_roles, register_situations, register_total
from workflows.reasons import register_reasons

CONFLICT, REVIEW, DECISION, CALL = (
    "grants.conflictdeclaration", "grants.review", "grants.decision", "grants.call",
)  # fmt: skip
LEADERS = (f"role:{Role.COORDINATOR}", f"role:{Role.HEAD}")

register_roles({
    "evaluator_cleared": _("evaluator, assigned and without conflict"),
    "evaluator_asked": _("evaluator, assigned, the question of conflict open"),
    "evaluator_unassigned": _("evaluator in the pool of the call, not assigned"),
    "excluded_coordinator": _("coordinator kept away from the case"),
    "excluded_evaluator_on_team": _("evaluator kept away, a viewer in the applicant's team"),
})  # fmt: skip
register_situations(
    "conflictdeclaration",
    {
        "asked": _("not answered"),
        "possible": _("possible, to be settled"),
        "declared": _("declared by the coordinator kept away"),
    },
)
register_situations("review", {"draft": _("being written"), "submitted": _("submitted")})
register_situations(
    "decision",
    {
        "draft": _("draft"),
        "proposed": _("proposed by the coordinator"),
        "confirmed": _("confirmed"),
        "announced": _("announced"),
    },
)
register_verb(
    "call.lead_selection", _("bring in evaluators and assign reviews"), model=CALL, can=may.can_manage_selection
)
register_verb("call.view_ranking", _("see the ranking"), model=CALL, can=may.can_view_ranking)
register_verb(
    "conflictdeclaration.view",
    _("read a conflict declaration"),
    model=CONFLICT,
    can=may.can_view_conflict,
    visible_to=conflicts_visible_to,
)
register_verb("conflictdeclaration.answer", _("answer the question of conflict"), model=CONFLICT, can=may.is_own)
register_verb(
    "conflictdeclaration.settle",
    _("settle a possible conflict"),
    model=CONFLICT,
    can=may.can_settle_conflict,
    who_may=lambda conflict: people_with(conflict.case_id, *LEADERS).exclude(pk=conflict.user_id),
)
register_verb("review.view", _("read a review"), model=REVIEW, can=may.can_view_review, visible_to=reviews_visible_to)
register_verb("review.write", _("write a review"), model=REVIEW, can=may.can_write_review)
register_verb(
    "review.manage",
    _("return or cancel a review"),
    model=REVIEW,
    can=may.can_manage_review,
    who_may=lambda review: people_with(review.case_id, *LEADERS).exclude(pk=review.user_id),
)
register_verb("review.recuse", _("give a review up for a conflict"), model=REVIEW, can=may.can_recuse)
register_verb(
    "decision.view",
    _("read a decision"),
    model=DECISION,
    can=may.can_view_decision,
    visible_to=decisions_visible_to,
)
for name, label, can in (
    ("propose", _("draft and propose a decision"), may.can_propose),
    ("announce", _("announce a decision"), may.can_announce),
):
    register_verb(
        f"decision.{name}",
        label,
        model=DECISION,
        can=can,
        who_may=lambda decision: people_with(decision.case_id, *LEADERS),
    )
register_verb(
    "decision.confirm",
    _("confirm a decision"),
    model=DECISION,
    can=may.can_confirm,
    who_may=lambda decision: people_with(decision.case_id, f"role:{Role.HEAD}").exclude(pk=decision.proposed_by_id),
)
register_total(
    "ranking",
    _("Ranking of a call"),
    _("places and the money line count every application; what the call has and what is left of it"),
)


def assignments(person: Any, case: Any) -> Iterable[tuple[Any, Any]]:
    """The question of conflict and the review that connect the person with the case."""
    for conflict in ConflictDeclaration.objects.filter(user=person, case=case):
        yield _("Conflict of interest"), conflict.get_state_display()
    reviews = list(Review.objects.filter(user=person, case=case))
    for review in reviews:
        yield _("Review assigned"), review.get_state_display()
    if not reviews:
        yield _("Review assigned"), _("none")


register_reasons(assignments, order=40)
