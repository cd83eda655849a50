"""PDF and pictures, known by their content. Nothing is rendered: only the frame of the file is read."""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

from django.utils.translation import gettext as _

SCAN = 65_536
MOST_PIXELS = 120_000_000
_MARKUP = re.compile(rb"<\s*(?:script|html|svg|!doctype html|\?php|iframe|body)", re.IGNORECASE)
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript\b|Launch\b|RichMedia\b|XFA\s*[\[0-9])")
"""Names long enough not to turn up by chance in compressed data; every script action must say /JavaScript."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ZIP_END = b"PK\x05\x06"


class FileRefused(Exception):
    """A file that is not accepted; the message says why and what to do."""


def read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    """Some bytes of a file from a place counted from its beginning, or from its end when negative."""
    if offset < 0:
        file.seek(0, 2)
        file.seek(max(0, file.tell() + offset))
    else:
        file.seek(offset)
    return file.read(length)


def _not_this(kind: str) -> FileRefused:
    return FileRefused(
        _("The content of the file is not %(kind)s, whatever its name says. Save it again in the right form.")
        % {"kind": kind}
    )


def _damaged(kind: str) -> FileRefused:
    return FileRefused(
        _("The %(kind)s file is cut off or damaged. Open it, save it again and upload it.") % {"kind": kind}
    )


def _two_faced() -> FileRefused:
    return FileRefused(_("The file pretends to be two kinds of file at once. Save it again and upload it."))


def check_pdf(file: BinaryIO, size: int) -> None:
    """A PDF from its first byte to its last mark, without scripts and hidden archives; raises FileRefused."""
    head, tail = read_at(file, 0, SCAN), read_at(file, -SCAN, SCAN)
    if not re.match(rb"%PDF-[12]\.[0-9]", head):
        raise _not_this("PDF")
    if b"%%EOF" not in tail[-2048:] or b"startxref" not in tail:
        raise _damaged("PDF")
    if _ZIP_END in tail or _MARKUP.search(head[:1024]) or _MARKUP.search(tail[tail.rfind(b"%%EOF") :]):
        raise _two_faced()
    file.seek(0)
    before = b""
    while chunk := file.read(SCAN):
        plain = _ESCAPED.sub(lambda found: bytes.fromhex(found.group(1).decode()), before + chunk)
        if _ACTIVE_PDF.search(plain):
            raise FileRefused(_("The PDF contains a script or starts programs. Print it to PDF and upload that."))
        before = chunk[-64:]


def check_png(file: BinaryIO, size: int) -> None:
    """A PNG whose chunks lead exactly to its end; raises FileRefused."""
    if read_at(file, 0, 16) != b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR":
        raise _not_this("PNG")
    width, height = struct.unpack(">II", read_at(file, 16, 8).ljust(8, b"\0"))
    _check_pixels(width, height)
    at = 8
    while True:
        frame = read_at(file, at, 8)
        if len(frame) < 8:
            raise _damaged("PNG")
        length, kind = struct.unpack(">I4s", frame)
        at += 12 + length
        if at > size:
            raise _damaged("PNG")
        if kind == b"IEND":
            break
    if at != size:
        raise _two_faced()


def check_jpg(file: BinaryIO, size: int) -> None:
    """A JPEG with a frame and an end, without a hidden archive or page behind it; raises FileRefused."""
    if read_at(file, 0, 3) != b"\xff\xd8\xff":
        raise _not_this("JPEG")
    _walk_jpg(file, size)
    tail = read_at(file, -SCAN, SCAN)
    if b"\xff\xd9" not in tail:
        raise _damaged("JPEG")
    after = tail[tail.rfind(b"\xff\xd9") :]
    if _ZIP_END in tail or _MARKUP.search(after) or _MARKUP.search(read_at(file, 0, SCAN)):
        raise _two_faced()


def _walk_jpg(file: BinaryIO, size: int) -> None:
    """Follow the segments to the frame that states the size of the picture."""
    at = 2
    while at + 4 <= size:
        frame = read_at(file, at, 4)
        if frame[0] != 0xFF:
            raise _damaged("JPEG")
        if frame[1] == 0xFF:  # fill bytes may stand before a marker
            at += 1
            continue
        marker, length = frame[1], int.from_bytes(frame[2:4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", read_at(file, at + 5, 4).ljust(4, b"\0"))
            _check_pixels(width, height)
            return
        if marker in (0xD8, 0xD9, 0xDA) or length < 2:
            raise _damaged("JPEG")
        at += 2 + length
    raise _damaged("JPEG")


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise FileRefused(_("The picture has no size. Save it again and upload it."))
    if width * height > MOST_PIXELS:
        raise FileRefused(
            _("The picture is too large: %(width)d × %(height)d points. Make it smaller and upload it.")
            % {"width": width, "height": height}
        )
