"""How wide words are, and how they are broken into lines; on the safe side, for any of the faces that may serve."""

NARROW, WIDE = frozenset("ijlfrt.,:;'|!()[]/ įI-\N{NO-BREAK SPACE}"), frozenset("mwMW%@–—…")
SHARES = {"narrow": 0.34, "wide": 0.92, "capital": 0.7, "other": 0.57}
"""Parts of the height of the face that a letter is wide."""

SIZE = 14
"""The height of words in a picture at full size."""

CUT = "…"


def width_of(words: str, size: float = SIZE) -> float:
    """At most so wide are these words."""
    return size * sum(map(_share, words))


def _share(letter: str) -> float:
    if letter in NARROW:
        return SHARES["narrow"]
    if letter in WIDE:
        return SHARES["wide"]
    return SHARES["capital" if letter.isupper() else "other"]


def lines_of(words: str, width: float, most: int = 3, size: float = SIZE) -> list[str]:
    """The words on lines that are not wider than `width`, at blanks, a longer word inside it.

    At most `most` lines: the last one then ends in dots, and the table beside the picture has it whole.
    """
    lines: list[str] = []
    for word in words.split(" "):
        for piece in _pieces(word, width, size):
            whole = f"{lines[-1]} {piece}" if lines and piece is word else piece
            if lines and piece is word and width_of(whole, size) <= width:
                lines[-1] = whole
            else:
                lines.append(piece)
    if len(lines) <= most:
        return lines or [""]
    last = lines[most - 1]
    while last and width_of(last + CUT, size) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + CUT]


def _pieces(word: str, width: float, size: float) -> list[str]:
    """A word, broken only where it is too wide for a line."""
    if width_of(word, size) <= width:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
