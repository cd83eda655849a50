"""Each minute: which requests for clarification are over."""

import logging

from celery import shared_task

from grants.applications.selectors import clarifications_due
from grants.applications.services import expire_clarification
from workflows.exceptions import Refused

logger = logging.getLogger(__name__)


@shared_task(name="grants.applications.tasks.close_unanswered")
def close_unanswered() -> None:
    """Close every request that was not answered in time, each in its own transaction; a missed minute is made up."""
    for clarification in clarifications_due():
        try:
            expire_clarification(clarification=clarification)
        except Refused as refusal:  # answered or cancelled at this very moment
            logger.info("Request %s stays: %s", clarification.pk, refusal)
