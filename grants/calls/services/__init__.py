"""The one door to calls: loading, the steps of their life, their dates and their money."""

from grants.calls.services.dates import change_dates, extend_call
from grants.calls.services.fundings import commit_from_call, set_fundings
from grants.calls.services.loading import LoadResult, load_call
from grants.calls.services.steps import (
    archive_call,
    begin_deciding,
    cancel_call,
    close_call,
    decide_call,
    open_call,
    resume_call,
    schedule_call,
    suspend_call,
)

__all__ = [
    "LoadResult",
    "archive_call",
    "begin_deciding",
    "cancel_call",
    "change_dates",
    "close_call",
    "commit_from_call",
    "decide_call",
    "extend_call",
    "load_call",
    "open_call",
    "resume_call",
    "schedule_call",
    "set_fundings",
    "suspend_call",
]
