"""Sealing the log: a Merkle root over the ends of all chains, kept in a table and exported outside the database."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from workflows import clock
from workflows.models import Case, Seal
from workflows.services.log import canonical

Heads = dict[str, tuple[int, str]]
"""Case number -> (length of its chain, hash of its last row)."""


@dataclass(frozen=True, slots=True)
class SealFile:
    """An exported seal: the ends of all chains at one moment, and the root over them."""

    name: str
    root: str
    heads: Heads


def root_of(heads: Heads) -> str:
    """The Merkle root (SHA-256, pairs joined in case-number order, an odd last node goes up alone), in hex."""
    level = [
        hashlib.sha256(f"{number} {length} {head}".encode()).digest()
        for number, (length, head) in sorted(heads.items())
    ]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()


def seals_folder() -> Path:
    """Where seals are exported; setting SEALS_DIR, best on another machine's disk."""
    return Path(settings.SEALS_DIR)


def seal() -> Seal:
    """Seal the log now: add the row and export the file; nothing new since the last time gives the last seal.

    A seal whose export failed (the disk, a power cut) is exported then, as long as nothing has happened since.
    """
    with clock.reading(), transaction.atomic():
        now = clock.now()
        heads: Heads = {
            number: (length, head)
            for number, length, head in Case.objects.filter(log_length__gt=0)
            .order_by("number")
            .values_list("number", "log_length", "log_head")
        }
        root = root_of(heads)
        last = Seal.objects.order_by("-pk").first()
        if last is not None and last.root == root:
            row = last
        else:
            row = Seal(
                at=now,
                cases=len(heads),
                records=sum(length for length, _head in heads.values()),
                root=root,
                previous=last.root if last else "",
            )
            row.save()
    if not (seals_folder() / file_name_of(row)).exists():
        _export(row, heads)
    return row


def file_name_of(row: Seal) -> str:
    """The name under which a seal is exported; the root in it keeps any later seal from taking its place."""
    return f"{row_name(row)}-{row.root[:12]}.json"


def row_name(row: Seal) -> str:
    """How the names of all exports of a seal of this number begin."""
    return f"seal-{row.pk:08d}"


def _export(row: Seal, heads: Heads) -> None:
    """Write the file whole or not at all."""
    folder = seals_folder()
    folder.mkdir(parents=True, exist_ok=True)
    text = canonical({"at": row.at, "root": row.root, "previous": row.previous, "heads": heads})
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(folder / file_name_of(row))


def exported_seals() -> list[SealFile]:
    """Every exported seal, oldest first; a file that cannot be read counts as a changed one."""
    found = []
    for path in sorted(seals_folder().glob("seal-*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            heads = {number: (int(length), str(head)) for number, (length, head) in content["heads"].items()}
            found.append(SealFile(path.name, str(content["root"]), heads))
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            found.append(SealFile(path.name, "unreadable", {}))
    return found
