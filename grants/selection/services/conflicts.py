"""Bringing an evaluator to an application: the pool, the question of conflict, the assignment."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from grants.calls.models import Call
from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.selection.computed import computed_hits
from grants.selection.models import ConflictDeclaration, Evaluator, Review
from grants.selection.permissions import can_manage_selection
from grants.selection.selectors import open_reviews_of
from grants.selection.states import COUNTED_REVIEWS, KEPT_AWAY_STATES, ConflictState, ReviewState
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import TransitionRecord
from workflows.obstacles import Obstacle
from workflows.policy import is_excluded
from workflows.services import begin, perform, reread
from workflows.services.entering import enter_state
from workflows.services.log import locked_case
from workflows.services.messages import queue_message


def add_evaluator(*, call: Call, user: Any, by: Any, is_chair: bool = False, capacity: int | None = None) -> Evaluator:
    """Put a person in the pool of a call, again, or with other terms; the chair passes to whoever is named last.

    Raises NotPermitted where `by` does not lead selection.
    """
    if not can_manage_selection(by, call):
        raise NotPermitted
    with transaction.atomic():
        locked_case(call.case_id)
        if is_chair:
            Evaluator.objects.filter(call=call, is_chair=True).exclude(user=user).update(is_chair=False)
        evaluator, _created = Evaluator.objects.get_or_create(call=call, user=user, defaults={"added_at": clock.now()})
        evaluator.left_at, evaluator.capacity, evaluator.is_chair = None, capacity, is_chair
        evaluator.save(update_fields=["left_at", "capacity", "is_chair"])
    return evaluator


def remove_evaluator(*, evaluator: Evaluator, by: Any, note: str) -> Evaluator:
    """Take a person out of the pool: submitted reviews count on, open ones are cancelled with the reason.

    Raises NotPermitted where `by` does not lead selection or would remove themselves; Blocked without a reason.
    """
    if not can_manage_selection(by, evaluator.call) or by.pk == evaluator.user_id:
        raise NotPermitted
    if not note.strip():
        raise Blocked([Obstacle("note_required", _("Give a reason."))])
    with clock.reading(), transaction.atomic():
        locked_case(evaluator.call.case_id)
        evaluator.refresh_from_db()
        if evaluator.left_at is None:
            evaluator.left_at, evaluator.is_chair = clock.now(), False
            evaluator.save(update_fields=["left_at", "is_chair"])
            for review in open_reviews_of(evaluator):
                perform(review, "cancel", by=SYSTEM, note=note)
    return evaluator


def ask_about_conflict(*, project: Project, user: Any, by: Any) -> ConflictDeclaration:
    """Open the question of conflict between a person and a project, once; a hard find keeps the person away at once."""
    with clock.reading(), transaction.atomic():
        locked_case(project.case_id)
        known = ConflictDeclaration.objects.filter(project=project, user=user).first()
        if known is not None:
            return known
        conflict = ConflictDeclaration(case=project.case, project=project, user=user, hits=computed_hits(user, project))
        begin(conflict, by=by)
        _block_if_found(conflict)
    return conflict


def find_conflict(conflict: ConflictDeclaration) -> None:
    """Look again for what the product finds by itself; a hard find that is new keeps the person away."""
    conflict.hits = computed_hits(conflict.user, conflict.project)
    conflict.save(update_fields=["hits"])
    _block_if_found(conflict)


def _block_if_found(conflict: ConflictDeclaration) -> None:
    if conflict.has_hard_hit:
        with translation.override(settings.LANGUAGE_CODE):  # the log keeps words: the product's own, whoever came by
            reason = conflict.found
        perform(conflict, "block", by=SYSTEM, note=reason)


def assign_review(*, project: Project, evaluator: Evaluator, by: Any, version_number: int = 1) -> Review:
    """Give an application to an evaluator; the question of conflict comes with it. A second click changes nothing.

    A cancelled review of theirs is opened again, with what was written.

    Raises NotPermitted, or Blocked: not in selection, left the pool, full, or in conflict.
    """
    if not can_manage_selection(by, project.call) or is_excluded(by, project.case_id) or by.pk == evaluator.user_id:
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        locked_case(project.call.case_id)  # one at a time for the whole call, so that nobody gets more than they take
        reread(project)
        known = Review.objects.filter(project=project, user_id=evaluator.user_id).first()
        if known is not None and known.state != ReviewState.CANCELLED:
            return known
        _check_evaluator(project, evaluator)
        if known is not None:
            return _assign_again(known, by)
        conflict = ask_about_conflict(project=project, user=evaluator.user, by=by)
        if conflict.state not in KEPT_AWAY_STATES:
            review = Review(
                case=project.case, project=project, user=evaluator.user, version_number=version_number,
                assigned_at=clock.now(),
            )  # fmt: skip
            begin(review, by=by)
            _tell(review)
            return review
    # Outside the transaction: that the person is kept away is remembered, though the assignment is refused.
    message = _("%(person)s has a conflict of interest with %(project)s: %(evidence)s.") % {
        "person": evaluator.user, "project": project.number,
        "evidence": "; ".join(conflict.findings) or conflict.ground,
    }  # fmt: skip
    raise Blocked([Obstacle("conflict", message)])


def _assign_again(review: Review, by: Any) -> Review:
    """Open a cancelled review, and the question of conflict with it where that was never answered."""
    record = perform(review, "reassign", by=by)
    for question in ConflictDeclaration.objects.filter(
        project_id=review.project_id, user_id=review.user_id, state=ConflictState.ASKED
    ):
        enter_state(question, record)
    _tell(review)
    return review


def _tell(review: Review) -> None:
    queue_message(
        "review_assigned", review.user, case=review.case, dedupe=f"review-{review.pk}-{review.version}",
        context={"project": review.project, "path": reverse("selection:conflicts")},
    )  # fmt: skip


def _check_evaluator(project: Project, evaluator: Evaluator) -> None:
    obstacles = []
    if project.state != ProjectState.SELECTION:
        obstacles.append(
            Obstacle("not_in_selection", _("%(project)s is not in selection.") % {"project": project.number})
        )
    if evaluator.left_at is not None or evaluator.call_id != project.call_id:
        obstacles.append(
            Obstacle("not_in_pool", _("%(person)s is not in the pool of this call.") % {"person": evaluator})
        )
    if evaluator.capacity is not None:
        taken = Review.objects.filter(project__call=project.call, user_id=evaluator.user_id)
        load = taken.filter(state__in=COUNTED_REVIEWS).count()
        if load >= evaluator.capacity:
            text = _("%(person)s takes at most %(number)s applications.")
            obstacles.append(Obstacle("full", text % {"person": evaluator, "number": evaluator.capacity}))
    if obstacles:
        raise Blocked(obstacles)


ANSWERS = {
    ConflictState.NONE: "declare_none",
    ConflictState.POSSIBLE: "declare_possible",
    ConflictState.CONFLICT: "declare_conflict",
}


def declare(
    *, conflict: ConflictDeclaration, answer: str, by: Any, ground: str = "", seen_version: int | None = None
) -> TransitionRecord:
    """Answer the question: `none`, `possible` or `conflict` (the latter two with their ground)."""
    return perform(conflict, ANSWERS[ConflictState(answer)], by=by, ground=ground.strip(), seen_version=seen_version)


def declare_own_conflict(*, project: Project, by: Any, ground: str) -> ConflictDeclaration:
    """Step aside from a project in any capacity, asked or not: a coordinator whose cousin applies, for instance."""
    with clock.reading(), transaction.atomic():
        conflict = ask_about_conflict(project=project, user=by, by=by)
        if conflict.state not in KEPT_AWAY_STATES:
            perform(conflict, "declare_conflict", by=by, ground=ground)
    return conflict


def allow_conflict(*, conflict: ConflictDeclaration, by: Any, note: str) -> TransitionRecord:
    """Settle a doubt: the person may go on, for this reason. Never one's own."""
    return perform(conflict, "allow", by=by, note=note)


def block_conflict(*, conflict: ConflictDeclaration, by: Any, note: str) -> TransitionRecord:
    """Keep a person away for this reason. Never one's own: that is declared."""
    return perform(conflict, "block", by=by, note=note)
