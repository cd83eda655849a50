"""Who may do what in selection. A person never settles a conflict of their own, and no one decides alone."""

from typing import Any

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.projects.permissions import can_view_as_staff, is_on_team
from grants.selection.states import UNWRITTEN_REVIEWS, DecisionState
from workflows.policy import is_excluded, recall


def can_manage_selection(user: Any, call: Any) -> bool:
    """Coordinators and the head lead the selection of a call: evaluators, assignments, ranking."""
    return has_role(user, Role.COORDINATOR, Role.HEAD) and not is_excluded(user, call.case_id)


def can_view_ranking(user: Any, call: Any) -> bool:
    """Coordinators, the head and the auditor see the ranked table; excluded people see it without their cases."""
    return has_role(user, Role.COORDINATOR, Role.HEAD, Role.AUDITOR) and not is_excluded(user, call.case_id)


def knows_evaluators(user: Any, obj: Any) -> bool:
    """Who may know who assesses this, and who declared a conflict: whoever leads selection or audits it."""
    return has_role(user, Role.COORDINATOR, Role.HEAD, Role.AUDITOR) and not is_excluded(user, obj.case_id)


def can_view_conflict(user: Any, conflict: Any) -> bool:
    """One's own always; those of others for staff who settle or audit them."""
    return is_own(user, conflict) or knows_evaluators(user, conflict)


def unwritten_of(user: Any, reviews: Any) -> frozenset[int]:
    """The projects of which the person has a review to write that was never submitted; `reviews`: a manager of them."""
    own = reviews.filter(user_id=user.pk, state__in=UNWRITTEN_REVIEWS)
    return recall(("unwritten", user.pk), lambda: frozenset(own.values_list("project_id", flat=True)))


def can_view_review(user: Any, review: Any) -> bool:
    """One's own, and for staff who lead selection or audit it all; nothing of cases one is kept away from, and
    nobody else's while one's own review of the same project is still to be submitted."""
    if is_own(user, review):
        return not is_excluded(user, review.case_id)
    return knows_evaluators(user, review) and review.project_id not in unwritten_of(user, type(review).objects)


def can_write_review(user: Any, review: Any) -> bool:
    """One's own, unless one is kept away from the case."""
    return is_own(user, review) and not is_excluded(user, review.case_id)


def is_own(user: Any, obj: Any) -> bool:
    """Whether the declaration or review is the person's own."""
    return obj.user_id == user.pk


def can_settle_conflict(user: Any, conflict: Any) -> bool:
    """A coordinator or the head settles what others declared, never what concerns themselves."""
    if conflict.user_id == user.pk or is_excluded(user, conflict.case_id):
        return False
    return has_role(user, Role.COORDINATOR, Role.HEAD)


def can_manage_review(user: Any, review: Any) -> bool:
    """Coordinators and the head return or cancel a review of others."""
    if review.user_id == user.pk or is_excluded(user, review.case_id):
        return False
    return has_role(user, Role.COORDINATOR, Role.HEAD)


def can_recuse(user: Any, review: Any) -> bool:
    """The evaluator gives a review up; a coordinator does it for a conflict found otherwise."""
    return is_own(user, review) or can_manage_review(user, review)


def can_propose(user: Any, decision: Any) -> bool:
    """Coordinators and the head put decisions forward."""
    return has_role(user, Role.COORDINATOR, Role.HEAD) and not is_excluded(user, decision.case_id)


def can_confirm(user: Any, decision: Any) -> bool:
    """The programme's head confirms what somebody else proposed."""
    if decision.proposed_by_id == user.pk or is_excluded(user, decision.case_id):
        return False
    return has_role(user, Role.HEAD)


def can_announce(user: Any, decision: Any) -> bool:
    """Coordinators and the head put confirmed decisions into force and let the letters leave."""
    return can_propose(user, decision)


def can_view_decision(user: Any, decision: Any) -> bool:
    """Whoever sees the project for the funder, at any time; the applicant's team once it is announced."""
    if is_on_team(user, decision.project) and decision.state == DecisionState.ANNOUNCED:
        return True
    return can_view_as_staff(user, decision.project)
