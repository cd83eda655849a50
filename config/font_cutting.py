"""Cutting the faces of the type for the web: once per version of a face, of the tool and of what is kept."""

import hashlib
import logging
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from config import fonts
from config.fonts import Face

KEPT_NAMES = (0, 5, 7, 8, 9, 11, 13, 14)
"""Copyright, version, trademark, makers and their address, licence and its address; above 255 stand names of axes."""
LAST_FIXED_NAME = 255


def make() -> Iterator[Path]:
    """Cut each face that is not there yet, put it among the made files and give its path; drop what it replaces."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of each table that it drops
    for face in fonts.FACES:
        target = fonts.folder() / f"{face.slug}-{key(face)}.woff2"
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            yield cut(face, target)
        for old in fonts.made(face):
            if old != target:
                old.unlink(missing_ok=True)


def key(face: Face) -> str:
    """Return what a cut depends on as eight hexadecimal digits."""
    versions = [version(name) for name in (face.package.replace("_", "-"), "fonttools", "brotli")]
    return hashlib.sha256(repr((versions, face, fonts.LETTERS, fonts.FEATURES)).encode()).hexdigest()[:8]


def source_of(face: Face) -> Path:
    """Return the file of an installed face.

    Raises FileNotFoundError where its package is not installed.
    """
    package = find_spec(face.package)
    if package is None or package.origin is None:
        raise FileNotFoundError(f"The package {face.package} is not installed.")
    return Path(package.origin).parent / "files" / face.file


def cut(face: Face, target: Path) -> Path:
    """Write one face: first without the letters that nobody needs, then without the weights (the quicker order)."""
    options = subset.Options()
    options.layout_features = list(fonts.FEATURES)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]  # copyright and licence travel with the font
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(fonts.points()))
    waiting = target.with_suffix(".part")
    with TTFont(source_of(face), lazy=True, recalcTimestamp=False) as font:  # the same bytes on every machine
        cutter.subset(font)
        instancer.instantiateVariableFont(font, dict(face.axes), inplace=True)
        _rename(font, face)
        font.flavor = "woff2"
        font.save(waiting)
    return waiting.replace(target)


def _rename(font: TTFont, face: Face) -> None:
    """Give a changed face our name, and keep what tells whose work it is and under which licence."""
    compact = face.family.replace(" ", "")
    ours = {1: face.family, 2: "Regular", 3: f"{compact};{key(face)}", 4: face.family, 6: compact}
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES or record.nameID > LAST_FIXED_NAME]
    for number, text in ours.items():
        names.setName(text, number, 3, 1, 0x409)
