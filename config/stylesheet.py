"""One stylesheet for every page, joined from the rooms of config/static/css when it is asked for.

Pages ask for `css/pazanga.css`: one request, one hashed name. Its rooms stay small and are edited on their own.
The faces of the type stand at its head where they could be made (config.fonts).
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from config import fonts

ROOMS = Path(__file__).resolve().parent / "static" / "css"
NAME = "css/pazanga.css"
FIRST, LAST = ("tokens", "base", "frame"), ("print",)


def rooms() -> list[Path]:
    """Return the rooms in the order of the cascade: values and ground first, paper last, parts by name between."""
    found = {path.stem: path for path in sorted(ROOMS.glob("*.css"))}
    ends = [name for name in (*FIRST, *LAST) if name in found]
    between = [name for name in found if name not in ends]
    return [found[name] for name in (*ends[: len(FIRST)], *between, *ends[len(FIRST) :])]


def joined() -> str:
    """Return the whole stylesheet."""
    parts = [path.read_text(encoding="utf-8").strip() for path in rooms()]
    return "\n\n".join([part for part in (fonts.declarations(), *parts) if part]) + "\n"


def written_to() -> Path:
    """Return the folder of what is made from sources here: the stylesheet and, once `prepare` has made them, fonts."""
    return Path(settings.VAR_DIR) / "made"


def write() -> Path:
    """Put the stylesheet into the folder of made files unless the same stands there; several processes may do so."""
    target, text = written_to() / NAME, joined().encode()
    if target.is_file() and target.read_bytes() == text:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".pazanga-")
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, target)
    return target


class MadeFilesFinder(BaseFinder):
    """Finds the joined stylesheet and the fonts for `{% static %}`, collectstatic and the development server."""

    def check(self, **_options: Any) -> list[CheckMessage]:
        """Nothing to configure, nothing to find fault with."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """Return where a made file lies, writing the stylesheet anew where its rooms have changed."""
        if path == NAME:
            found = write()
        else:
            found = written_to() / path
            if not (path.startswith(fonts.FOLDER + "/") and found.is_file() and found.parent.name == fonts.FOLDER):
                return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Give every made file to collectstatic."""
        write()
        storage = FileSystemStorage(location=written_to())
        for path in (NAME, *(f"{fonts.FOLDER}/{file.name}" for file in fonts.made())):
            yield path, storage
