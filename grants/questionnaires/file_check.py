"""The one check that an uploaded file passes before anything of it is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _

from grants.questionnaires.file_content import FileRefused
from grants.questionnaires.file_kinds import FORMATS
from grants.questionnaires.file_names import clean_name, endings_of
from grants.questionnaires.text import number_text

STEP = 65_536
MEGABYTE = 1_048_576


@dataclass(frozen=True)
class FileFacts:
    """What is known of an accepted file."""

    name: str
    size: int
    sha256: str
    mime: str


def check_file(file: BinaryIO, *, name: str, declared_mime: str, formats: Iterable[str], max_mb: float) -> FileFacts:
    """Hold a file against what was asked for: its ending, the stated media type, its content, and its size in MB.

    Raises FileRefused with a sentence; the file is left at its beginning.
    """
    allowed = [FORMATS[code] for code in formats if code in FORMATS]
    listed = ", ".join(ending for kind in allowed for ending in kind.extensions)
    clean = clean_name(name)
    endings = endings_of(clean)
    kind = next((f for f in allowed if endings and endings[-1] in f.extensions), None)
    if kind is None:
        raise FileRefused(_("This kind of file is not accepted here. Accepted: %(listed)s.") % {"listed": listed})
    if not kind.agrees(declared_mime or ""):
        raise FileRefused(_("The name and the kind of the file do not agree. Save it again and upload it."))
    size, digest = _measure(file, int(max_mb * MEGABYTE), max_mb)
    kind.check(file, size)
    file.seek(0)
    return FileFacts(name=clean, size=size, sha256=digest, mime=kind.mime)


def _measure(file: BinaryIO, most: int, max_mb: float) -> tuple[int, str]:
    """Size and SHA-256 of the content that is really there, whatever was announced."""
    file.seek(0, 2)
    size = file.tell()
    if size == 0:
        raise FileRefused(_("The file is empty. Choose it again."))
    if size > most:
        raise FileRefused(
            _("File too large: %(size)s MB, limit %(limit)s MB.")
            % {"size": _megabytes(size, most), "limit": number_text(Decimal(str(max_mb)))}
        )
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(STEP):
        digest.update(chunk)
    return size, digest.hexdigest()


def _megabytes(size: int, most: int) -> str:
    """With so many places that a file above its limit never reads as equal to it."""
    places = 1 if size - most >= MEGABYTE // 10 else 2 if size - most >= MEGABYTE // 100 else 6
    return number_text(Decimal(size) / MEGABYTE, places)


__all__ = ["FileFacts", "FileRefused", "check_file"]
