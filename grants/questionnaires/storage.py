"""Where documents lie, and how a file is written so that a row never points to a missing or short one."""

from __future__ import annotations

import os
import secrets
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.utils.deconstruct import deconstructible


@deconstructible
class DurableStorage(FileSystemStorage):
    """Writes to a temporary file, forces it to the disk, and only then gives it its name."""

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _force_folder(target.parent)
        return name

    def url(self, name: str | None) -> str:
        """Refused: documents leave only through the view that asks who is reading."""
        raise ValueError("Documents have no public address.")


def _force_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@cache
def _durable() -> DurableStorage:
    return DurableStorage()


def documents() -> Storage:
    """The storage of documents: durable on a local disk, else whatever object storage the settings name."""
    return _durable() if isinstance(default_storage, FileSystemStorage) else default_storage


def random_name() -> str:
    """A name of 128 random bits in one of 256 folders; nothing of the person's file name is in it."""
    token = secrets.token_hex(16)
    return f"documents/{token[:2]}/{token}"
