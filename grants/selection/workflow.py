"""What the states of conflicts, reviews and decisions mean, and whose turn it is in each."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.accounts.states import Role
from grants.projects.workflow import by_call_date
from grants.selection.guards import decision_stands, is_clear
from grants.selection.models import ConflictDeclaration, Decision, Review
from grants.selection.panels import register_panels
from grants.selection.selectors import conflicts_visible_to, decisions_visible_to, is_evaluator, reviews_visible_to
from grants.selection.states import STEP_OF, ConflictState, DecisionState, ReviewState
from workflows.navigation import everybody, register_nav
from workflows.registry import Due, Machine, State, Work, contribute_guard, register_machine

DECLARING = ("declare_none", "declare_possible", "declare_conflict")
"""The answers to the question of conflict: they have a page of their own."""


def own(obj: Any) -> list[str]:
    """The person whom the question or the review concerns."""
    return [f"user:{obj.user_id}"]


def coordinators(obj: Any) -> list[str]:
    """The coordinators of the funder."""
    return [f"role:{Role.COORDINATOR}"]


def heads(obj: Any) -> list[str]:
    """The head of the programme."""
    return [f"role:{Role.HEAD}"]


def prepare_reviews(reviews: Sequence[Review], user: Any) -> None:
    """Load the conflict states that the guards of many reviews ask for."""
    rows = ConflictDeclaration.objects.filter(project__in={review.project_id for review in reviews})
    states = {(project, person): state for project, person, state in rows.values_list("project", "user", "state")}
    for review in reviews:
        review.__dict__["_conflict_state"] = states.get((review.project_id, review.user_id), "")


def evaluation_due(kind: str) -> Due:
    """Due by the call's date of evaluation."""
    at = by_call_date("evaluation_until", kind).at
    return Due(
        at=lambda obj: at(obj.project), kind=kind, time_zone=lambda obj: obj.project.call.time_zone,
        rule="call.evaluation_until",
    )  # fmt: skip


def write(title: Any, why: Any) -> list[Work]:
    """A review that its evaluator can write now: not before the question of conflict is settled."""
    return [
        Work(kind="review_write", title=title, audience=own, url=Review.get_absolute_url, why=why,
             due=evaluation_due("review"), when=is_clear)
    ]  # fmt: skip


register_machine(
    Machine(
        model=ConflictDeclaration,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("conflict", "conflict declaration"),
        description=_("One person and one project: asked before any content is shown."),
        visible_to=conflicts_visible_to,
        states={
            ConflictState.ASKED: State(
                label=ConflictState.ASKED.label,
                stage="selection",
                work=[
                    Work(kind="conflict_answer", title=_("Say whether you have a conflict of interest"), audience=own,
                         url=lambda o: reverse("selection:conflicts"), why=_("You see the application afterwards."),
                         due=evaluation_due("conflict")),
                ],
            ),
            ConflictState.NONE: State(label=ConflictState.NONE.label, stage="selection"),
            ConflictState.POSSIBLE: State(
                label=ConflictState.POSSIBLE.label,
                stage="selection",
                work=[
                    Work(kind="conflict_settle", title=_("Settle a possible conflict of interest"),
                         audience=coordinators, url=ConflictDeclaration.get_absolute_url,
                         why=_("The evaluator cannot go on before.")),
                ],
            ),
            ConflictState.CONFLICT: State(label=ConflictState.CONFLICT.label, stage="selection", final=True),
            ConflictState.ALLOWED: State(label=ConflictState.ALLOWED.label, stage="selection"),
            ConflictState.BLOCKED: State(label=ConflictState.BLOCKED.label, stage="selection"),
        },
        urls=dict.fromkeys(DECLARING, ConflictDeclaration.get_absolute_url),
    )
)  # fmt: skip


register_machine(
    Machine(
        model=Review,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("review", "review"),
        description=_("One evaluator's scores and comments on one application."),
        visible_to=reviews_visible_to,
        prepare=prepare_reviews,
        states={
            ReviewState.ASSIGNED: State(label=ReviewState.ASSIGNED.label, stage="selection",
                                        work=write(_("Review the application"), "")),
            ReviewState.DRAFT: State(label=ReviewState.DRAFT.label, stage="selection",
                                     work=write(_("Review the application"), "")),
            ReviewState.SUBMITTED: State(label=ReviewState.SUBMITTED.label, stage="selection"),
            ReviewState.RETURNED: State(label=ReviewState.RETURNED.label, stage="selection",
                                        work=write(_("Review the application"), _("Your review was returned."))),
            ReviewState.RECUSED: State(label=ReviewState.RECUSED.label, stage="selection", final=True),
            ReviewState.CANCELLED: State(label=ReviewState.CANCELLED.label, stage="selection"),
        },
        urls={"submit": Review.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=Decision,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("decision", "decision"),
        description=_("Proposed by one person, confirmed by another, announced to the applicant."),
        visible_to=decisions_visible_to,
        states={
            DecisionState.DRAFT: State(label=DecisionState.DRAFT.label, stage="selection"),
            DecisionState.PROPOSED: State(
                label=DecisionState.PROPOSED.label,
                stage="selection",
                work=[Work(kind="decision_confirm", title=_("Confirm the decision"), audience=heads,
                           url=Decision.get_absolute_url, why=_("Somebody else proposed it."))],
            ),
            DecisionState.CONFIRMED: State(
                label=DecisionState.CONFIRMED.label,
                stage="selection",
                work=[Work(kind="decision_announce", title=_("Announce the decision"), audience=coordinators,
                           url=Decision.get_absolute_url, why=_("The applicant does not know yet."))],
            ),
            DecisionState.ANNOUNCED: State(label=DecisionState.ANNOUNCED.label, stage="selection"),
        },
    )
)  # fmt: skip

for step in sorted(set(STEP_OF.values())):
    outcomes = frozenset(outcome.value for outcome, leads_to in STEP_OF.items() if leads_to == step)
    contribute_guard("grants.Project", step, decision_stands(outcomes))

register_nav("reviews", _("My reviews"), "selection:my_reviews", visible=is_evaluator, order=10, first_for=everybody)
register_panels()
