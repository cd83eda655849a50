"""The steps of a call's life, each a verb."""

from typing import Any

from grants.calls.models import Call
from workflows.models import TransitionRecord
from workflows.services import perform


def schedule_call(*, call: Call, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """Let the call be published and opened at its times. Raises Blocked with every line of the pre-flight list."""
    return perform(call, "schedule", by=by, note=note, key=key)


def open_call(*, call: Call, by: Any, key: str | None = None) -> TransitionRecord:
    """Open a scheduled call whose opening time has come."""
    return perform(call, "open", by=by, key=key)


def close_call(*, call: Call, by: Any, key: str | None = None) -> TransitionRecord:
    """Close an open call whose closing time has come."""
    return perform(call, "close", by=by, key=key)


def suspend_call(*, call: Call, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Stop taking applications for a while; the public reads the reason."""
    return perform(call, "suspend", by=by, note=note, key=key)


def resume_call(*, call: Call, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Take applications again; the public reads the reason."""
    return perform(call, "resume", by=by, note=note, key=key)


def begin_deciding(*, call: Call, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """End the assessment; the deciding body has the word."""
    return perform(call, "begin_deciding", by=by, note=note, key=key)


def decide_call(*, call: Call, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """Conclude deciding: every application has its answer."""
    return perform(call, "decide", by=by, note=note, key=key)


def archive_call(*, call: Call, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """Put a call away of which nothing is running any more."""
    return perform(call, "archive", by=by, note=note, key=key)


def cancel_call(*, call: Call, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Give a call up before it opened; whoever has read of it reads the reason."""
    return perform(call, "cancel", by=by, note=note, key=key)
