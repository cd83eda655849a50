"""Consequences inside the transaction: conflicts keep people away, returns are told, what is over is closed."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.selection.models import ConflictDeclaration, Review
from grants.selection.states import COUNTED_REVIEWS, KEPT_AWAY_STATES, OPEN_REVIEWS, ConflictState
from workflows.actors import SYSTEM
from workflows.models import Exclusion, TransitionRecord
from workflows.services import close_work, perform
from workflows.services.messages import queue_message
from workflows.signals import transitioned


@receiver(transitioned, sender=ConflictDeclaration, dispatch_uid="selection.conflict")
def keep_away_or_let_back(
    sender: Any, obj: ConflictDeclaration, record: TransitionRecord, by: Any, **kwargs: Any
) -> None:
    """Write or end the exclusion, and give up the review that the person may no longer write."""
    if obj.state in KEPT_AWAY_STATES:
        Exclusion.objects.get_or_create(
            case_id=obj.case_id, user_id=obj.user_id, until=None,
            defaults={"since": record.at, "code": f"conflict_{obj.state}"},
        )  # fmt: skip
        for review in Review.objects.filter(project=obj.project, user_id=obj.user_id, state__in=COUNTED_REVIEWS):
            perform(review, "recuse", by=SYSTEM)
    else:
        open_ones = Exclusion.objects.filter(case_id=obj.case_id, user_id=obj.user_id, until__isnull=True)
        open_ones.update(until=record.at)


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
    """Once a project leaves selection, nobody is asked for a review or about a conflict any more."""
    if record.before != ProjectState.SELECTION or record.after == ProjectState.SELECTION:
        return
    for review in Review.objects.filter(project=obj, state__in=OPEN_REVIEWS).order_by("pk"):
        perform(review, "cancel", by=SYSTEM, note=_("The application is not being assessed any more."))
    for question in ConflictDeclaration.objects.filter(project=obj, state=ConflictState.ASKED):
        close_work(question)
