"""What changed between two texts, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Part:
    """A run of words: kind is "same", "added" or "removed"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Part]:
    """Return the runs that turn `old` into `new`, in reading order; what was removed before what replaced it."""
    before, after = old.split(), new.split()
    parts: list[Part] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part("same", " ".join(before[start:end])))
            continue
        if start < end:
            parts.append(Part("removed", " ".join(before[start:end])))
        if new_start < new_end:
            parts.append(Part("added", " ".join(after[new_start:new_end])))
    return parts
