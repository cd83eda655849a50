"""The kinds of file that are accepted, and how each is known by its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from grants.questionnaires.file_content import check_jpg, check_pdf, check_png
from grants.questionnaires.file_packages import check_adoc, check_asice, check_odf, check_ooxml

UNKNOWN = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
"""What browsers say when they do not know a kind; the content then decides alone."""


@dataclass(frozen=True)
class Format:
    """One accepted kind of file: its endings, its media type, other names browsers use, and its content check."""

    mime: str
    extensions: tuple[str, ...]
    check: Callable[[BinaryIO, int], None]
    also: frozenset[str] = frozenset()

    def agrees(self, declared: str) -> bool:
        """Whether the media type that the browser stated fits this kind."""
        bare = declared.split(";", maxsplit=1)[0].strip().lower()
        return bare == self.mime or bare in self.also or bare in UNKNOWN


_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP = frozenset({"application/zip", "application/x-zip-compressed"})

FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", ("pdf",), check_pdf, frozenset({"application/x-pdf"})),
    "png": Format("image/png", ("png",), check_png, frozenset({"image/x-png"})),
    "jpg": Format("image/jpeg", ("jpg", "jpeg"), check_jpg, frozenset({"image/jpg", "image/pjpeg"})),
    "docx": Format(_WORDS, ("docx",), check_ooxml(f"{_WORDS}.main+xml")),
    "xlsx": Format(_SHEETS, ("xlsx",), check_ooxml(f"{_SHEETS}.main+xml")),
    "odt": Format(
        "application/vnd.oasis.opendocument.text", ("odt",), check_odf("application/vnd.oasis.opendocument.text")
    ),
    "ods": Format(
        "application/vnd.oasis.opendocument.spreadsheet",
        ("ods",),
        check_odf("application/vnd.oasis.opendocument.spreadsheet"),
    ),
    "adoc": Format(
        "application/vnd.lt.archyvai.adoc-2008", ("adoc",), check_adoc, _ZIP | {"application/vnd.lt.archyvai.adoc"}
    ),
    "asice": Format("application/vnd.etsi.asic-e+zip", ("asice", "sce"), check_asice, _ZIP),
}
