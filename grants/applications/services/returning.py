"""Taking a submitted application back: to edit it once more, or for good."""

from typing import Any

from django.db import transaction

from grants.applications.models import Application
from grants.applications.selectors import latest_version
from grants.applications.services.letters import tell_reopened, tell_withdrawn
from workflows.models import TransitionRecord
from workflows.services import perform


def reopen_application(
    *, application: Application, by: Any, reason: str = "", key: str | None = None
) -> TransitionRecord:
    """Take the application back into work before the deadline; what was submitted is kept, but no longer counts.

    Raises NotPermitted, IllegalMove, Stale, or Blocked after the deadline.
    """
    with transaction.atomic():
        record = perform(application.project, "reopen", by=by, note=reason, key=key)
        tell_reopened(application, latest_version(application), by, once=str(record.pk))
    return record


def withdraw_application(
    *, application: Application, by: Any, reason: str = "", key: str | None = None
) -> TransitionRecord:
    """Take the application back for good: it is not assessed. The team is told.

    Raises NotPermitted, IllegalMove or Stale.
    """
    with transaction.atomic():
        record = perform(application.project, "withdraw", by=by, note=reason, key=key)
        tell_withdrawn(application, by, reason, once=str(record.pk))
    return record
