"""Each hour: drafts whose call is over, reserve lists that have ended, roles that ended by their date."""

import logging

from celery import shared_task

from grants.projects.kept_away import settle_everybody
from grants.projects.selectors import drafts_of_decided_calls, reserves_that_ended
from workflows.actors import SYSTEM
from workflows.services import perform_many

logger = logging.getLogger(__name__)


@shared_task(name="grants.projects.tasks.end_what_is_over")
def end_what_is_over() -> None:
    """Give up drafts that can never be submitted any more, end reserves that have run out, each on its own; and look
    again at who is kept away from what."""
    results = perform_many(drafts_of_decided_calls(), "abandon", by=SYSTEM)
    results += perform_many(reserves_that_ended(), "expire", by=SYSTEM)
    for result in results:
        if result.refusal is not None:
            logger.warning("Project %s was not moved: %s", result.obj.number, result.refusal)
    settle_everybody()
