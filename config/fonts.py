"""The faces of the type: Source Sans 3 for words, Source Serif 4 for titles, from installed packages.

`prepare` cuts each down to the letters of Lithuanian and English and packs it for the web; no font lies in the project.
Where the packages are not installed, the faces of the reader's system serve (`--font-text`, `--font-title`).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
FOLDER = "fonts"
WEIGHTS = (400, 700)
TITLE_SIZE = 32  # the optical size, in points, of the face that is used for titles only


@dataclass(frozen=True)
class Face:
    """One family: its name in the stylesheet and the package and file that bring it."""

    family: str
    package: str
    file: str

    @property
    def slug(self) -> str:
        """Name of the family in file names."""
        return self.family.lower().replace(" ", "-")


@dataclass(frozen=True)
class Part:
    """One part of a face, fetched by a browser only when a page has a letter of it."""

    name: str
    ranges: str

    def points(self) -> Iterator[int]:
        """Give the code points of the part."""
        for written in self.ranges.replace("U+", "").split(", "):
            start, _, end = written.partition("-")
            yield from range(int(start, 16), int(end or start, 16) + 1)


FACES = (
    Face("Source Sans 3", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    Face("Source Serif 4", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
)
PARTS = (
    Part("latin", "U+0020-007E, U+00A0-00FF, U+2010-2015, U+2018-201E, U+2022, U+2026, U+202F, U+20AC, U+2212"),
    Part("latin-ext", "U+0100-024F, U+1E00-1EFF"),
)


def folder() -> Path:
    """Return where made fonts lie."""
    return Path(settings.VAR_DIR) / "made" / FOLDER


def made() -> list[Path]:
    """Return the fonts that have been made."""
    return sorted(folder().glob("*.woff2"))


def source_of(face: Face) -> Path | None:
    """Return the file of an installed face, or None where its package or the tool that cuts it is not installed."""
    package = find_spec(face.package)
    if package is None or package.origin is None or find_spec("fontTools") is None:
        return None
    source = Path(package.origin).parent / "files" / face.file
    return source if source.is_file() else None


def declarations() -> str:
    """Return the @font-face rules of the fonts that have been made; nothing where there are none."""
    present = {path.name for path in made()}
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {WEIGHTS[0]} {WEIGHTS[1]}; font-display: swap; '
        f"src: url(../{FOLDER}/{name}) format('woff2'); unicode-range: {part.ranges}; }}"
        for face in FACES
        for part in PARTS
        if (name := f"{face.slug}-{part.name}.woff2") in present
    ]
    return "\n".join(rules)


def make() -> list[Path]:
    """Make the fonts that can be made and are not there yet; where one cannot be cut, the system's serves."""
    for face in FACES:
        source = source_of(face)
        targets = {part: folder() / f"{face.slug}-{part.name}.woff2" for part in PARTS}
        if source is None or all(target.is_file() for target in targets.values()):
            continue
        folder().mkdir(parents=True, exist_ok=True)
        try:
            for part, target in targets.items():
                _cut(source, part, target)
        except Exception as reason:  # whatever is wrong with a font, the product starts without it
            logger.warning("%s could not be made, the system's face serves: %s", face.family, reason)
    return made()


def _cut(source: Path, part: Part, target: Path) -> None:
    """Write one part of a font: its letters, the weights that the pages use, the features that figures need."""
    # The tool is optional: nothing of it is named where it may not be there.
    subset: Any = import_module("fontTools.subset")
    instancer: Any = import_module("fontTools.varLib.instancer")
    font: Any = import_module("fontTools.ttLib").TTFont(source)
    limits: dict[str, Any] = {"wght": WEIGHTS, "opsz": TITLE_SIZE}
    axes = {axis.axisTag for axis in font["fvar"].axes}
    instancer.instantiateVariableFont(font, {tag: limit for tag, limit in limits.items() if tag in axes}, inplace=True)
    options = subset.Options()
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(part.points()))
    cutter.subset(font)
    font.flavor = "woff2"
    waiting = target.with_suffix(".part")
    font.save(waiting)
    waiting.replace(target)
    logger.info("font made: %s, %s bytes", target.name, target.stat().st_size)
