"""Marks of what is saved, so that a page that stood open does not overwrite what others saved meanwhile."""

import hashlib
from typing import Any


def edition(*values: Any) -> str:
    """A short mark of values in their order; another one means that somebody saved others meanwhile."""
    return hashlib.sha256("\x1f".join(str(value) for value in values).encode()).hexdigest()[:16]
