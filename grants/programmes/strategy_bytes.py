"""From the bytes of an uploaded file to the lines of a text, or the reason why it is none."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from grants.programmes.strategy_findings import Finding
from workflows.formatting import filesize

size = lazy(filesize, str)
MAX_BYTES = 1_048_576
MAX_LINES = 5_000
LITHUANIAN = set("ąčęėįšųūžĄČĘĖĮŠŲŪŽ„“–")
LINE_END = re.compile(r"\r\n|\r|\n")
KINDS = (
    (b"%PDF", _("a PDF")),
    (b"\x89PNG", _("a picture (PNG)")),
    (b"\xff\xd8\xff", _("a picture (JPEG)")),
    (b"GIF8", _("a picture (GIF)")),
    (b"PK\x03\x04", _("a packed file (Word, Excel, OpenDocument or ZIP)")),
    (b"PK\x05\x06", _("an empty ZIP file")),
    (b"\xd0\xcf\x11\xe0", _("an old Word or Excel file")),
    (b"{\\rtf", _("a rich text file (RTF)")),
    (b"\x1f\x8b", _("a packed file (GZIP)")),
    (b"7z\xbc\xaf", _("a packed file (7z)")),
    (b"<!DOCTYPE", _("a web page")),
    (b"<html", _("a web page")),
    (b"<?xml", _("an XML file")),
)
UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"


@dataclass
class Lines:
    """The lines of a text (without line ends), its text as one string, and what was found."""

    text: str = ""
    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_lines(data: bytes) -> Lines:
    """Decode UTF-8 and cut into lines at LF, CRLF or CR; answers findings instead where the file is something else."""
    obstacle = _not_a_text(data)
    if obstacle is not None:
        return Lines(findings=[obstacle])
    result = Lines()
    if data.startswith(BOM):
        data = data.removeprefix(BOM)
        result.findings.append(Finding(1, "byte_order_mark"))
    try:
        result.text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Lines(findings=[*result.findings, _wrong_encoding(data, error)])
    if not result.text.strip():
        return Lines(findings=[*result.findings, Finding(1, "empty")])
    return _cut(result)


def _cut(result: Lines) -> Lines:
    raw = LINE_END.split(result.text)
    if len(raw) > MAX_LINES:
        too_long = Finding(MAX_LINES + 1, "too_long", {"lines": len(raw), "limit": MAX_LINES})
        return Lines(findings=[*result.findings, too_long])
    for number, line in enumerate(raw, start=1):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            result.findings.append(Finding(number, "not_composed"))
        strange = next((letter for letter in composed if unicodedata.category(letter) == "Cc" and letter != "\t"), None)
        if strange is not None:
            result.findings.append(Finding(number, "control_character", {"character": f"U+{ord(strange):04X}"}))
        result.lines.append(composed)
    return result


def _not_a_text(data: bytes) -> Finding | None:
    if not data:
        return Finding(1, "empty")
    if len(data) > MAX_BYTES:
        return Finding(1, "too_large", {"size": size(len(data)), "limit": size(MAX_BYTES)})
    kind = next((kind for magic, kind in KINDS if data.removeprefix(BOM).lstrip()[:16].startswith(magic)), None)
    if kind is not None:
        return Finding(1, "other_kind", {"kind": kind})
    for marks, name in ((UTF_32, "UTF-32"), (UTF_16, "UTF-16")):
        if data.startswith(marks):
            return Finding(1, "other_encoding", {"encoding": name})
    if data.count(b"\x00") * 4 >= len(data):
        return Finding(1, "other_encoding", {"encoding": "UTF-16"})
    return None


def _wrong_encoding(data: bytes, error: UnicodeDecodeError) -> Finding:
    """Name the line of the first byte that is no UTF-8, and the encoding that would give Lithuanian letters."""
    line = len(LINE_END.split(data[: error.start].decode("utf-8")))
    for encoding, name in (("cp1257", "Windows-1257"), ("iso8859_13", "ISO 8859-13")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = [letter for letter in text if ord(letter) > 127]
        if sum(letter in LITHUANIAN for letter in strange) * 2 >= len(strange):
            return Finding(line, "other_encoding", {"encoding": name})
    return Finding(line, "broken_encoding", {"byte": f"0x{data[error.start]:02X}"})
