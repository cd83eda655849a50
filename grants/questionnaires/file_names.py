"""Names of files as people give them, made safe to show and to send."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def clean_name(name: str) -> str:
    """The last part of a name without folders, controls, direction marks and characters that systems refuse.

    The ending stays; a name that has nothing left becomes `document`.
    """
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(" .")[: LONGEST - len(ending) - 1] or "document"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def endings_of(name: str) -> list[str]:
    """All endings of a name in small letters: `a.pdf.exe` has `pdf` and `exe`."""
    return [part.strip().lower() for part in name.split(".")[1:]]
