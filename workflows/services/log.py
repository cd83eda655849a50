"""Writing the log: each row takes the hash of the row before it in its case, under the case's lock."""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from workflows import clock, held, statements
from workflows.actors import System
from workflows.models import Case, ReasonText, TransitionRecord

HASHED = (
    "case_id", "seq", "subject_label", "subject_id", "subject_version", "transition", "before", "after", "at",
    "actor_kind", "actor_id", "reason_digest", "data", "key", "is_test", "previous",
)  # fmt: skip
"""The columns under the hash: all but the row's own id and the hash itself."""
ERASED_LABEL = "workflows.reasontext"
"""Under which label the log tells that the words of a reason were erased."""


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="microseconds")
        return super().default(o)


def canonical(value: Any) -> str:
    """JSON with one spelling only: sorted keys, no spaces, times in UTC to the microsecond."""
    return json.dumps(value, cls=_Encoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(record: TransitionRecord) -> str:
    """SHA-256 over the canonical JSON of every hashed column, in hex."""
    return hashlib.sha256(canonical({name: getattr(record, name) for name in HASHED}).encode()).hexdigest()


def digest_of(salt: str, text: str) -> str:
    """Salted digest of a reason; without the salt, which is erased with the words, it cannot be guessed back."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def locked_case(case_id: int) -> Case:
    """The case's row under lock; every writer of its chain goes through here.

    NO KEY UPDATE: a foreign key that names the case elsewhere is checked without waiting for this lock, which would
    let a step on a call and a step on one of its projects wait for each other.
    """
    return held.locked(case_id)


def append(
    *,
    case: Case,
    subject_label: str,
    subject_id: int,
    subject_version: int,
    transition: str,
    before: str,
    after: str,
    by: Any,
    at: datetime,
    note: str = "",
    data: dict[str, Any] | None = None,
    key: str | None = None,
) -> TransitionRecord:
    """Add one row to the chain of a case whose row the caller has locked; returns it."""
    salt = secrets.token_hex(16) if note else ""
    system = isinstance(by, System)
    record = TransitionRecord(
        case=case,
        seq=case.log_length + 1,
        subject_label=subject_label,
        subject_id=subject_id,
        subject_version=subject_version,
        transition=transition,
        before=before,
        after=after,
        at=at,
        actor_kind=TransitionRecord.ActorKind.SYSTEM if system else TransitionRecord.ActorKind.PERSON,
        actor_id=None if system else by.pk,
        reason_digest=digest_of(salt, note) if note else "",
        data=json.loads(canonical(data or {})),
        key=key,
        is_test=case.is_test,
        previous=case.log_head,
    )
    record.hash = hash_of(record)
    statements.insert(record)
    if note:
        ReasonText.objects.create(record=record, salt=salt, text=note)
    case.log_length, case.log_head = record.seq, record.hash
    statements.set_chain_end(case.pk, record.seq, record.hash)
    held.keep(case)
    return record


def erase_reason(*, record: TransitionRecord, by: Any, note: str) -> TransitionRecord:
    """Erase the words of a reason and log that they were erased; verification accepts exactly this.

    Words that are gone already stay gone, without a second row. Raises ReasonText.DoesNotExist where the step had no
    reason.
    """
    with clock.reading(), transaction.atomic():
        now = clock.now()
        case = locked_case(record.case_id)
        words = ReasonText.objects.select_for_update().get(record=record)
        if words.erased_at is not None:
            return TransitionRecord.objects.get(subject_label=ERASED_LABEL, subject_id=record.pk)
        words.text, words.salt, words.erased_at = "", "", now
        words.save(update_fields=["text", "salt", "erased_at"])
        return append(
            case=case,
            subject_label=ERASED_LABEL,
            subject_id=record.pk,
            subject_version=1,
            transition="erase_reason",
            before="",
            after="erased",
            by=by,
            at=now,
            note=note,
            data={"erased_seq": record.seq},
        )
