"""Consequences inside the transaction: a conflict keeps the person away from the case and ends their review of it."""

from typing import Any

from django.dispatch import receiver

from grants.selection.models import ConflictDeclaration, Review
from grants.selection.states import COUNTED_REVIEWS, KEPT_AWAY_STATES
from workflows.actors import SYSTEM
from workflows.models import Exclusion, TransitionRecord
from workflows.services import perform
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
