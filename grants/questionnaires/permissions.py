"""Who may download a document: asked of the slice whose document it is; without an answer nobody may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CanSee = Callable[[Any, Any], bool]
"""(user, document) -> whether the one may read the other."""

_POLICIES: dict[str, CanSee] = {}


def register_document_policy(category_prefix: str, can_see: CanSee) -> None:
    """Let `can_see(user, document)` decide about every document whose category begins with the prefix.

    The longest registered prefix decides alone. Raises ValueError for an empty prefix or one that is taken.
    """
    if not category_prefix or category_prefix in _POLICIES:
        raise ValueError(f"The prefix “{category_prefix}” is empty or taken.")
    _POLICIES[category_prefix] = can_see


def document_policies() -> dict[str, CanSee]:
    """Every registered policy by its prefix."""
    return dict(_POLICIES)


def can_see_document(user: Any, document: Any) -> bool:
    """Whether a person may read the content of a document; removed ones too, for submitted copies."""
    fitting = [prefix for prefix in _POLICIES if document.category.startswith(prefix)]
    return bool(fitting) and bool(_POLICIES[max(fitting, key=len)](user, document))
