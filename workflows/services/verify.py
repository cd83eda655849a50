"""Reading the log back: is every chain whole, does it agree with the seals, does it lead to today's states?"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from workflows.models import Case, ReasonText, Seal, TransitionRecord
from workflows.registry import Machine, machines
from workflows.services.log import ERASED_LABEL, digest_of, hash_of
from workflows.services.seals import SealFile, exported_seals, file_name_of, root_of, row_name


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a stable code, where (case number and row), and a sentence."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def verify_log() -> list[Finding]:
    """Every edit, deletion, insertion, reordering or truncation that can be found; empty where the log is whole.

    Chains find what happens inside a case; the exported seals find what the owner of the database cuts off or makes
    anew with fresh hashes.
    """
    findings: list[Finding] = []
    erasures = TransitionRecord.objects.filter(subject_label=ERASED_LABEL, transition="erase_reason")
    erased = set(erasures.values_list("case_id", "data__erased_seq"))
    cases = {case.pk: case for case in Case.objects.order_by("pk")}
    hashes: dict[int, list[str]] = {pk: [] for pk in cases}
    for case_id, records in _chains():
        if case_id not in cases:
            findings.append(Finding("case", f"case {case_id}", _("the log knows a case that is no longer there")))
            continue
        findings += _chain_findings(cases[case_id], records, erased)
        hashes[case_id] = [record.hash for record in records]
    for pk, case in cases.items():
        if (case.log_length, case.log_head) != (len(hashes[pk]), hashes[pk][-1] if hashes[pk] else ""):
            findings.append(Finding("end", case.number, _("the end of the chain is not where the case says it is")))
    for seal in exported_seals():
        findings += _seal_findings(seal, cases, hashes)
    return findings + list(_seal_row_findings())


def _chains() -> Iterator[tuple[int, list[TransitionRecord]]]:
    current: int | None = None
    chain: list[TransitionRecord] = []
    rows = TransitionRecord.objects.select_related("reason").order_by("case_id", "seq")
    for record in rows.iterator(chunk_size=2000):
        if record.case_id != current:
            if current is not None:
                yield current, chain
            current, chain = record.case_id, []
        chain.append(record)
    if current is not None:
        yield current, chain


def _chain_findings(case: Case, records: list[TransitionRecord], erased: set[tuple[int, Any]]) -> Iterable[Finding]:
    previous = ""
    for position, record in enumerate(records, start=1):
        where = f"{case.number}#{record.seq}"
        if record.seq != position:
            yield Finding("gap", where, _("a row is missing before this one"))
        if record.previous != previous:
            yield Finding("link", where, _("the row does not follow the row before it"))
        if record.hash != hash_of(record):
            yield Finding("hash", where, _("the row was changed after it was written"))
        if not _reason_is_as_given(record, was_erased=(case.pk, record.seq) in erased):
            yield Finding("reason", where, _("the words of the reason are not those that were given"))
        previous = record.hash


def _reason_is_as_given(record: TransitionRecord, *, was_erased: bool) -> bool:
    """Whether the words are those of the digest; after a logged erasure: whether there are none."""
    reason: ReasonText | None = getattr(record, "reason", None)
    if reason is None or (reason.text, reason.salt) == ("", ""):
        return was_erased or record.reason_digest == ""
    return not was_erased and record.reason_digest == digest_of(reason.salt, reason.text)


def _seal_row_findings() -> Iterable[Finding]:
    """Rows of seals follow each other, and each is the one that was exported under its number."""
    exported = {seal.name for seal in exported_seals()}
    exported_rows = {name.rpartition("-")[0] for name in exported}
    known = {""}
    for row in Seal.objects.order_by("pk").iterator(chunk_size=2000):
        name = row_name(row)
        if row.previous not in known:
            yield Finding("seal", name, _("a seal is missing before this one"))
        if name in exported_rows and file_name_of(row) not in exported:
            yield Finding("seal", name, _("the seal in the database is not the one that was exported"))
        known.add(row.root)


def _seal_findings(seal: SealFile, cases: dict[int, Case], hashes: dict[int, list[str]]) -> Iterable[Finding]:
    if root_of(seal.heads) != seal.root:
        yield Finding("seal", seal.name, _("the exported seal itself was changed"))
        return
    by_number = {case.number: pk for pk, case in cases.items()}
    for number, (length, head) in seal.heads.items():
        chain = hashes.get(by_number.get(number, -1), [])
        if len(chain) < length or chain[length - 1] != head:
            yield Finding(
                "sealed", number, _("the chain is not the one that was sealed in %(seal)s") % {"seal": seal.name}
            )


def replay_log() -> list[Finding]:
    """Rebuild every state from the log alone and compare it with the rows; empty where all agree."""
    findings: list[Finding] = []
    for machine in machines():
        findings += _replay_machine(machine)
    return findings


def _replay_machine(machine: Machine) -> Iterable[Finding]:
    label = machine.key
    reached: dict[int, tuple[str, int]] = {}
    rows = TransitionRecord.objects.filter(subject_label=label).order_by("subject_id", "subject_version")
    for record in rows.iterator(chunk_size=2000):
        before, version = reached.get(record.subject_id, ("", 0))
        if record.subject_version != version + 1 or record.before != before or not _lawful(machine, record):
            where = f"{label} {record.subject_id}#{record.subject_version}"
            yield Finding("step", where, _("the machine has no such step from here"))
        reached[record.subject_id] = (record.after, record.subject_version)
    for obj in apps.get_model(label)._default_manager.order_by("pk").iterator(chunk_size=2000):
        if reached.pop(obj.pk, None) != (obj.state_value, obj.version):
            yield Finding("state", f"{label} {obj.pk}", _("the row does not stand where the log leads"))
    for pk in sorted(reached):
        yield Finding("lost", f"{label} {pk}", _("the log knows a row that is no longer there"))


def _lawful(machine: Machine, record: TransitionRecord) -> bool:
    if record.transition == "begin":
        return record.subject_version == 1 and record.after == machine.initial
    step = machine.steps.get(record.transition)
    if step is None or not machine.allowed_from(record.before, record.transition):
        return False
    return record.after in step.targets


def fingerprint() -> str:
    """One SHA-256 over the ends of all chains, for comparing two copies of a database."""
    ends = Case.objects.order_by("number").values_list("number", "log_length", "log_head")
    return hashlib.sha256("\n".join(f"{n} {length} {head}" for n, length, head in ends).encode()).hexdigest()
