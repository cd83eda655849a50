"""Each minute: which calls are due to open or to close."""

import logging

from celery import shared_task

from grants.calls.selectors import calls_due_to_close, calls_due_to_open
from workflows.actors import SYSTEM
from workflows.services import perform_many

logger = logging.getLogger(__name__)


@shared_task(name="grants.calls.tasks.open_and_close_calls")
def open_and_close_calls() -> None:
    """Open what is due to open, then close what is due to close, each call in a transaction of its own.

    The database is asked anew each time, so a missed minute is made up for at the next one; whether an application is
    on time does not wait for this. A call that cannot be moved is logged and does not stop the others.
    """
    results = perform_many(list(calls_due_to_open()), "open", by=SYSTEM)
    results += perform_many(list(calls_due_to_close()), "close", by=SYSTEM)
    for result in results:
        if result.refusal is not None:
            logger.warning("Call %s was not moved: %s", result.obj.code, result.refusal)
