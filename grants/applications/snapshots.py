"""What was submitted, in one canonical document whose SHA-256 anybody can compute again."""

from datetime import UTC, datetime
from typing import Any

SCHEMA = "pazanga-application/1"


def submitted_document(
    *,
    number: str,
    version: int,
    received_at: datetime,
    call: dict[str, Any],
    organisation: dict[str, Any],
    submitted_by: str,
    language: str,
    content: dict[str, Any],
) -> dict[str, Any]:
    """The whole submitted document: who, what, when, in plain JSON values only.

    number is the project's, received_at an aware instant (kept in UTC to the microsecond), content the questionnaire's
    own snapshot of answers and documents. Raises ValueError for a naive time.
    """
    if received_at.tzinfo is None:
        raise ValueError("A receipt needs an instant with its zone.")
    return {
        "schema": SCHEMA,
        "number": number,
        "version": version,
        "received_at": received_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "call": call,
        "organisation": organisation,
        "submitted_by": submitted_by,
        "language": language,
        "content": content,
    }
