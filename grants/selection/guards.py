"""Conditions of selection, each with its sentence."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.projects.states import ProjectState
from grants.selection.states import CLEAR_STATES, KEPT_AWAY_STATES, DecisionState
from workflows.formatting import euro
from workflows.moves import Move
from workflows.obstacles import Obstacle


def nothing_hard_found(conflict: Any, move: Move) -> Obstacle | None:
    """What the product found by itself cannot be declared away."""
    if not conflict.has_hard_hit:
        return None
    return Obstacle(
        "conflict_found", _("You cannot declare that there is none: %(evidence)s.") % {"evidence": conflict.found}
    )


def nothing_hard_to_allow(conflict: Any, move: Move) -> Obstacle | None:
    """What the product found by itself is allowed by nobody."""
    if not conflict.has_hard_hit:
        return None
    return Obstacle(
        "conflict_found", _("This conflict cannot be allowed: %(evidence)s.") % {"evidence": conflict.found}
    )


def ground_given(conflict: Any, move: Move) -> Obstacle | None:
    """A doubt or a conflict names its ground."""
    if move.asking or move.data.get("ground", "").strip():
        return None
    return Obstacle("ground_missing", _("Choose or write the ground of the conflict."))


def answered_with_ground(conflict: Any, move: Move) -> Obstacle | None:
    """Only what the person has answered, and said the ground of, can be allowed."""
    if conflict.answered_at and conflict.ground:
        return None
    return Obstacle("not_answered", _("The person has not answered yet what it is about."))


def is_clear(review: Any) -> bool:
    """Whether the question of conflict is answered and settled, so that the review can be written now."""
    return _conflict_state(review) in CLEAR_STATES


def _conflict_state(review: Any) -> str | None:
    known = review.__dict__.get("_conflict_state")
    if known is not None:
        return known
    return review.stored_conflict_state()


def conflict_settled(review: Any, move: Move) -> Obstacle | None:
    """Content is shown, and a review written, only once the question of conflict is answered and settled."""
    if is_clear(review):
        return None
    url = reverse("selection:conflicts")
    return Obstacle("conflict_open", _("First say whether you have a conflict of interest with this application."), url)


def not_kept_away(review: Any, move: Move) -> Obstacle | None:
    """A person with a conflict is not asked again."""
    if _conflict_state(review) not in KEPT_AWAY_STATES:
        return None
    return Obstacle("conflict", _("This person has a conflict of interest with the application."))


def project_in_selection(review: Any, move: Move) -> Obstacle | None:
    """Reviews are written and changed while the project is in selection."""
    if review.project.state == ProjectState.SELECTION:
        return None
    return Obstacle("not_in_selection", _("The application is not being assessed any more."))


def review_complete(review: Any, move: Move) -> Obstacle | None:
    """Every criterion has points, comments are long enough, the recommendation is given.

    The service passes the list of what is missing; the page shows it beside the fields.
    """
    missing = move.data.get("missing", [])
    if move.asking or not missing:
        return None
    return Obstacle("review_incomplete", " ".join(str(item) for item in missing))


def project_awaits_decision(decision: Any, move: Move) -> Obstacle | None:
    """A decision is about a project in selection, or on the reserve list when money came free."""
    state = decision.project.state
    if state == ProjectState.SELECTION or (state == ProjectState.RESERVE and decision.outcome == "award"):
        return None
    return Obstacle(
        "not_deciding",
        _("%(project)s does not wait for a decision.") % {"project": decision.project.number},
        decision.project.get_absolute_url(),
    )


def amount_within_request(decision: Any, move: Move) -> Obstacle | None:
    """No award above what was asked for."""
    asked = decision.project.requested_amount
    if decision.amount is None or asked is None or decision.amount <= asked:
        return None
    more: Decimal = decision.amount - asked
    return Obstacle(
        "above_request",
        _("%(project)s: the award is %(more)s above what was asked for.")
        % {"project": decision.project.number, "more": euro(more)},
    )


def waits_for_another(decision: Any, move: Move) -> Obstacle | None:
    """Decided twice is a project on the reserve list, or one that was reinstated after it had been declined."""
    if decision.project.state in {ProjectState.RESERVE, ProjectState.SELECTION}:
        return None
    return Obstacle(
        "not_on_reserve", _("%(project)s is not on the reserve list.") % {"project": decision.project.number}
    )


def decision_stands(outcomes: frozenset[str]) -> Any:
    """The condition that selection adds to a project's step: an announced decision says exactly this."""

    def decision_announced(project: Any, move: Move) -> Obstacle | None:
        decision = getattr(project, "decision", None)
        if (
            decision is not None
            and (decision.state == DecisionState.ANNOUNCED and decision.outcome in outcomes)
            and (move.asking or decision.amount == move.data.get("amount"))
        ):
            return None
        url = reverse("selection:decisions", args=[project.call_id])
        return Obstacle("no_decision", _("There is no confirmed decision that says so."), url)

    return decision_announced
