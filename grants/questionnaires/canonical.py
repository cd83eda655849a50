"""One spelling of a JSON value, so that equal content has an equal digest."""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """Write JSON with sorted keys, no spaces and no escaped letters (the order of lists is content and stays).

    Raises ValueError for NaN and infinity, TypeError for what JSON cannot say.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_of(value: Any) -> str:
    """The SHA-256 of the canonical spelling, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
