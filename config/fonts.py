"""The faces of the type: Source Sans 3 for words, Source Serif 4 for titles and big figures, from installed packages.

`prepare` cuts each down to what Lithuanian and English need (config.font_cutting); no font lies in the project. Until
then, and while a browser fetches one, the reader's own faces serve, stretched to the same widths and heights, so that
no line of a page jumps when the font comes. What is cut bears our own names: the licence of both (SIL OFL 1.1) reserves
the name "Source" for faces that nobody has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = "fonts"
TITLE_SIZE = 32  # the optical size, in points, of the face that is used for titles only
LETTERS = (
    "20-7E A0-17F 218-21B 3A3 1E9E 2009 2010-2015 2018-201F 2020 2022 2026 202F 2030 2032 2033 2039 203A 20AC 2116 "
    "2122 2190-2193 2211 2212 221A 2248 2260 2264 2265 25B2 25BC 25CF 25CB 2713"
)
"""What is kept: Latin for all of Europe, since people and places have names; quotes, dashes, arrows, signs of sums."""
FEATURES = ("kern", "ccmp", "locl", "tnum", "lnum")
"""What the stylesheet asks of a face: figures of one width and height, letters of each language, even gaps."""


@dataclass(frozen=True)
class StandIn:
    """Faces of readers' systems in place of one of ours: widths and heights per cent of theirs.

    `size` is the mean width of a letter of our face over theirs, letters as frequent as in the Lithuanian catalogue;
    `ascent` and `descent` are our heights over `size`.
    """

    names: tuple[str, ...]
    weight: str
    size: float
    ascent: float
    descent: float


@dataclass(frozen=True)
class Face:
    """One family: our name for its cut, the package and file that bring it, what of its axes is kept."""

    family: str
    package: str
    file: str
    weight: str
    axes: tuple[tuple[str, float | tuple[float, float]], ...]
    stand_ins: tuple[StandIn, ...]

    @property
    def slug(self) -> str:
        """Name of the family in file names."""
        return self.family.lower().replace(" ", "-")


FACES = (
    Face(
        "Pazanga Text", "fontpkg_source_sans_3", "SourceSans3[wght].ttf", "400 700", (("wght", (400, 700)),),
        (
            StandIn(("Arial", "ArialMT", "Liberation Sans", "LiberationSans"), "400 599", 94.9, 107.9, 42.1),
            StandIn(("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold"), "600 700",
                    91.5, 111.9, 43.7),
        ),
    ),
    Face(
        "Pazanga Title", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "600",
        (("wght", 600), ("opsz", TITLE_SIZE)),
        (
            StandIn(("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "LiberationSerif-Bold"),
                    "600", 103.4, 100.2, 32.4),
        ),
    ),
)  # fmt: skip


def points() -> Iterator[int]:
    """Give the code points that are kept."""
    for written in LETTERS.split():
        start, _, end = written.partition("-")
        yield from range(int(start, 16), int(end or start, 16) + 1)


def folder() -> Path:
    """Return where made fonts lie."""
    return Path(settings.VAR_DIR) / "made" / FOLDER


def made(face: Face | None = None) -> list[Path]:
    """Return the fonts that have been made, all or those of one face."""
    return sorted(folder().glob(f"{face.slug if face else ''}*.woff2"))


def declarations() -> str:
    """Return the @font-face rules of the fonts that have been made; nothing where there are none."""
    return "\n".join(rule for face in FACES for file in made(face)[-1:] for rule in _rules(face, file.name))


def _rules(face: Face, name: str) -> Iterator[str]:
    yield (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-display: swap; '
        f"src: url(../{FOLDER}/{name}) format('woff2'); }}"
    )
    for other in face.stand_ins:
        sources = ", ".join(f'local("{local}")' for local in other.names)
        yield (
            f'@font-face {{ font-family: "{face.family} stand-in"; font-weight: {other.weight}; src: {sources}; '
            f"size-adjust: {other.size}%; ascent-override: {other.ascent}%; descent-override: {other.descent}%; "
            "line-gap-override: 0%; }"
        )
