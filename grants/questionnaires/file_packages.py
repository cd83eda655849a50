"""Files that are ZIP packages: office documents and signed documents. Checked without unpacking to the disk."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from grants.questionnaires.file_content import FileRefused, read_at

MOST_PARTS = 2_000
MOST_BYTES = 250_000_000
MOST_RATIO = 120
RATIO_FROM = 1_000_000
LARGEST_PART = 5_000_000
STEP = 65_536
_PROGRAM = re.compile(r"(?i)\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|msi|lnk|html?|svg|xhtml|php|sh)$")
_MACRO = re.compile(r"(?i)(vbaproject|activex|macrosheets|dialogsheets|oleobject|/embeddings/.+\.(bin|docm|xlsm)$)")
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REMOTE = re.compile(
    rb"(?:attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode\s*=\s*\"External\"|"
    rb"TargetMode\s*=\s*\"External\"[^>]*(?:attachedTemplate|oleObject|frame|subDocument)\""
)


# What reading a damaged ZIP raises, each met with a broken file of its own: no directory or a wrong checksum
# (BadZipFile), a torn stream (zlib.error, EOFError), a place outside the file (OSError, ValueError), a way of packing
# that Python does not know (NotImplementedError).
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def open_package(file: BinaryIO, size: int) -> zipfile.ZipFile:
    """The ZIP of a file whose parts are all harmless by name, number and size; raises FileRefused."""
    if read_at(file, 0, 4) != b"PK\x03\x04":
        raise FileRefused(_("The content of the file is not what its name says. Save it again in the right form."))
    file.seek(0)
    try:
        package = zipfile.ZipFile(file)
    except _DAMAGED:
        raise FileRefused(_("The file is cut off or damaged. Open it, save it again and upload it."))
    _check_parts(package.infolist())
    return package


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise FileRefused(_("The file is too large once unpacked."))
    if len(set(names)) != len(names):
        raise FileRefused(_("The file has two parts of one name, which programs read differently. Save it again."))
    for part in parts:
        _check_part(part)


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if (
        name.startswith(("/", "\\"))
        or ".." in re.split(r"[/\\]", name)
        or "\x00" in name
        or re.match(r"[A-Za-z]:", name)
    ):
        raise FileRefused(_("The file has parts with dangerous names and is not accepted."))
    if stat.S_ISLNK(part.external_attr >> 16):
        raise FileRefused(_("The file has links to other files inside and is not accepted."))
    if part.flag_bits & 0x1:
        raise FileRefused(_("The file is locked with a password. Remove the password and upload it again."))
    if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size):
        raise FileRefused(_("The file is too large once unpacked."))
    if _PROGRAM.search(name):
        raise FileRefused(_("The file has a program or a web page inside and is not accepted."))


def _steps(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The content of one part in steps, so that no part fills the memory; raises FileRefused."""
    try:
        with package.open(name) as part:
            while step := part.read(STEP):
                yield step
    except (*_DAMAGED, RuntimeError):  # RuntimeError: a part that is locked although its entry did not say so
        raise FileRefused(_("The file is cut off or damaged. Open it, save it again and upload it."))


def read_part(package: zipfile.ZipFile, name: str, most: int = LARGEST_PART) -> bytes:
    """One small part whole, nothing where it is not there; raises FileRefused when it is large or damaged."""
    found = b""
    for step in _steps(package, name) if name in package.namelist() else ():
        found += step
        if len(found) > most:
            raise FileRefused(_("The file is too large once unpacked."))
    return found


def _check_xml(package: zipfile.ZipFile) -> None:
    """No part of XML may declare entities: that is how other files are read through a document."""
    for name in package.namelist():
        if name.lower().endswith(".rels") and _REMOTE.search(_plain(read_part(package, name))):
            raise FileRefused(_("The file loads parts from elsewhere. Save it without linked templates and upload it."))
        if name.lower().endswith((".xml", ".rels", ".rdf")) and _declares_entities(package, name):
            raise FileRefused(_("The file has declarations inside that ordinary documents do not have. Save it again."))


def _declares_entities(package: zipfile.ZipFile, name: str) -> bool:
    before = b""
    for step in _steps(package, name):
        text = before + _plain(step)
        if _ENTITIES.search(text):
            return True
        before = text[-64:]
    return False


def _plain(content: bytes) -> bytes:
    """UTF-16 spells the same marks with zeros between."""
    return content.replace(b"\x00", b"")


def check_ooxml(main: str) -> Callable[[BinaryIO, int], None]:
    """A check for one kind of Office Open XML, named by the content type of its main part (ECMA-376, part 2)."""

    def check(file: BinaryIO, size: int) -> None:
        with open_package(file, size) as package:
            types = read_part(package, "[Content_Types].xml")
            if b"macroenabled" in types.lower() or any(_MACRO.search(name) for name in package.namelist()):
                raise FileRefused(
                    _("The file contains macros or embedded objects. Save it without them and upload it.")
                )
            if f'"{main}"'.encode() not in types:
                raise FileRefused(
                    _("The content of the file is not what its name says. Save it again in the right form.")
                )
            _check_xml(package)

    return check


def _first_is(package: zipfile.ZipFile, mime: str) -> bool:
    """OpenDocument and ASiC state their kind in a first part called `mimetype`."""
    return read_part(package, "mimetype", 200).strip() == mime.encode()


def check_odf(mime: str) -> Callable[[BinaryIO, int], None]:
    """A check for one kind of OpenDocument (ISO/IEC 26300, part 3)."""

    def check(file: BinaryIO, size: int) -> None:
        with open_package(file, size) as package:
            if not _first_is(package, mime) or "META-INF/manifest.xml" not in package.namelist():
                raise FileRefused(
                    _("The content of the file is not what its name says. Save it again in the right form.")
                )
            if any(re.match(r"(?i)(basic|scripts)/|.*vbaproject", name) for name in package.namelist()):
                raise FileRefused(
                    _("The file contains macros or embedded objects. Save it without them and upload it.")
                )
            _check_xml(package)

    return check


def _check_signed(file: BinaryIO, size: int, mimes: tuple[str, ...]) -> None:
    with open_package(file, size) as package:
        names = package.namelist()
        if not any(_first_is(package, mime) for mime in mimes) or "META-INF/manifest.xml" not in names:
            raise FileRefused(_("The content of the file is not what its name says. Save it again in the right form."))
        if not any(re.match(r"META-INF/(signatures/)?[^/]*signature[^/]*\.(xml|p7s)$", name) for name in names):
            raise FileRefused(_("The signed document has no signature in it. Sign it and upload it again."))
        if any(_MACRO.search(name) for name in names):
            raise FileRefused(_("The file contains macros or embedded objects. Save it without them and upload it."))
        _check_xml(package)


def check_adoc(file: BinaryIO, size: int) -> None:
    """A signed document of the Lithuanian archives' form ADOC-V1.0 or -V2.0; raises FileRefused."""
    _check_signed(file, size, ("application/vnd.lt.archyvai.adoc-2008", "application/vnd.etsi.asic-e+zip"))


def check_asice(file: BinaryIO, size: int) -> None:
    """A signed container ASiC-E (ETSI EN 319 162-1); raises FileRefused."""
    _check_signed(file, size, ("application/vnd.etsi.asic-e+zip",))
