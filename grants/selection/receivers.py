"""Consequences inside the transaction: conflicts keep people away, returns are told, what is over is closed."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.projects.kept_away import (
    CAPACITIES,
    OWN_ORGANISATION,
    RULES,
    Rule,
    kept_away,
    settle,
    settle_person,
)
from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.projects.workflow import WORK_URLS
from grants.selection.models import ConflictDeclaration, Decision, Evaluator, Review
from grants.selection.services.conflicts import find_conflict
from grants.selection.states import COUNTED_REVIEWS, KEPT_AWAY_STATES, OPEN_REVIEWS, ConflictState, DecisionState
from workflows.actors import SYSTEM
from workflows.models import TransitionRecord
from workflows.registry import contribute
from workflows.services import clear_deadlines, close_work, perform
from workflows.services.entering import enter_state
from workflows.services.messages import queue_message
from workflows.signals import transitioned

UNANNOUNCED = (DecisionState.PROPOSED, DecisionState.CONFIRMED)


def is_evaluator_somewhere(user_id: int) -> bool:
    """Whether the person is in the pool of any call: a capacity held for the funder."""
    return Evaluator.objects.filter(user_id=user_id, left_at__isnull=True).exists()


def conflict_of(user_id: int, project: Project) -> str:
    """The rule of this room: a declared or found conflict keeps the person away."""
    known = ConflictDeclaration.objects.filter(project=project, user_id=user_id, state__in=KEPT_AWAY_STATES)
    state = known.values_list("state", flat=True).first()
    return f"conflict_{state}" if state else ""


contribute(WORK_URLS, ("project_assess", lambda project: reverse("selection:decisions", args=[project.call_id])))
contribute(CAPACITIES, is_evaluator_somewhere)
contribute(RULES, Rule(frozenset(f"conflict_{state.value}" for state in KEPT_AWAY_STATES), conflict_of))


@receiver(transitioned, sender=ConflictDeclaration, dispatch_uid="selection.conflict")
def keep_away_or_let_back(
    sender: Any, obj: ConflictDeclaration, record: TransitionRecord, by: Any, **kwargs: Any
) -> None:
    """Begin or end the exclusion; give up the review that the person may no longer write, or ask for it now."""
    settle(obj.project, obj.user_id)
    reviews = Review.objects.filter(project=obj.project, user_id=obj.user_id).order_by("pk")
    if obj.state in KEPT_AWAY_STATES:
        for review in reviews.filter(state__in=COUNTED_REVIEWS):
            perform(review, "recuse", by=SYSTEM)
        return
    for review in reviews.filter(state__in=OPEN_REVIEWS):
        enter_state(review, record)


@receiver(kept_away, dispatch_uid="selection.own_organisation")
def end_the_evaluation(sender: Any, project: Project, user_id: int, code: str, **kwargs: Any) -> None:
    """Whoever comes to act for the applicant while they evaluate it is kept away for good, and so is their review."""
    for conflict in ConflictDeclaration.objects.filter(project=project, user_id=user_id):
        if code == OWN_ORGANISATION and conflict.state not in KEPT_AWAY_STATES:
            find_conflict(conflict)


@receiver(post_save, sender=Evaluator, dispatch_uid="selection.pool")
def follow_the_pool(sender: Any, instance: Evaluator, **kwargs: Any) -> None:
    """A place in a pool is a capacity: it keeps the person away from projects of their own organisations."""
    settle_person(instance.user_id)


@receiver(transitioned, sender=Review, dispatch_uid="selection.review")
def tell_the_evaluator(sender: Any, obj: Review, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """A returned review comes back with the reason, by mail."""
    if record.transition != "return_review":
        return
    queue_message(
        "review_returned", obj.user, case=obj.case, dedupe=f"review-returned-{obj.pk}-{obj.version}",
        context={"project": obj.project, "reason": record.reason.text, "path": obj.get_absolute_url()},
    )  # fmt: skip


@receiver(transitioned, sender=Project, dispatch_uid="selection.project")
def end_assessment(sender: Any, obj: Project, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """Once a project leaves selection, nobody is asked for a review or about a conflict any more; a decision that has
    not been announced is a draft again, and leaves the lists."""
    if record.after == record.before or record.before not in {ProjectState.SELECTION, ProjectState.RESERVE}:
        return
    for decision in Decision.objects.filter(project=obj, state__in=UNANNOUNCED):
        perform(decision, "take_back", by=SYSTEM, note=_("The application is not being assessed any more."))
    for review in Review.objects.filter(project=obj, state__in=OPEN_REVIEWS).order_by("pk"):
        perform(review, "cancel", by=SYSTEM, note=_("The application is not being assessed any more."))
    for question in ConflictDeclaration.objects.filter(project=obj, state=ConflictState.ASKED):
        close_work(question)
        clear_deadlines(question)
