"""The kinds of jobs, and what a handler is given while it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from workflows.exceptions import Refused


class Cancelled(Exception):
    """Somebody asked the job to stop; the handler lets it through."""


class Lost(Exception):
    """This worker was given up for lost and another one has the job now; the handler lets it through."""


class JobFailed(Refused):
    """The job cannot be done; the sentence is shown to the person who asked."""

    code = "job_failed"


Handler = Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of job: handler(run) works, calls progress or check at least once a minute, and answers the result."""

    kind: str
    label: Any
    handler: Handler


_kinds: dict[str, JobKind] = {}


def register_job(kind: str, label: Any, handler: Handler) -> JobKind:
    """Tell the engine of a kind of job; once per kind.

    The handler gets a `Run` (workflows.services.jobs) with params, by, case, language, progress(done, total, message),
    check(), attach(name, bytes). It returns a dict; "url" and "label" in it are shown as the result's link.
    It may run again from the start after a crash: it must be repeatable. Raise JobFailed with a sentence to fail.
    """
    if kind in _kinds:
        raise ImproperlyConfigured(f"The job kind {kind!r} is registered already.")
    _kinds[kind] = JobKind(kind, label, handler)
    return _kinds[kind]


def job_kind(kind: str) -> JobKind:
    """One kind; raises LookupError where no room has registered it."""
    try:
        return _kinds[kind]
    except KeyError:
        raise LookupError(f"No room has registered the job kind {kind!r}.") from None


def job_label(kind: str) -> Any:
    """The words for a kind on a page; the kind itself where its room is gone."""
    return _kinds[kind].label if kind in _kinds else kind
