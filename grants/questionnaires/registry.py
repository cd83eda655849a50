"""The kinds of field by their code. It knows no kind itself, so that every room of questionnaires may ask it."""

from __future__ import annotations

from typing import Any

_KINDS: dict[str, Any] = {}


def register_kind(kind: type) -> type:
    """Make a kind of field known by its code (class decorator); raises ValueError when the code is taken."""
    code = kind.code  # type: ignore[attr-defined]  # every kind has one: fields.base.Kind
    if code in _KINDS:
        raise ValueError(f"Two kinds of field are called {code}.")
    _KINDS[code] = kind()
    return kind


def kinds() -> dict[str, Any]:
    """Every known kind (fields.base.Kind) by its code."""
    return dict(_KINDS)


def kind_of(question: dict[str, Any]) -> Any:
    """The kind (fields.base.Kind) of a question or of a column."""
    return _KINDS[question["type"]]
