"""The kinds of field, one small class each; importing this package registers them all."""

from grants.questionnaires.fields import (  # noqa: F401 - each module registers its kinds
    budget,
    choices,
    dates,
    files,
    iban,
    indicators,
    numbers,
    people,
    sources,
    tables,
    texts,
)
from grants.questionnaires.fields.base import Finding, Kind, Shown, kind_of, kinds, register_kind

__all__ = ["Finding", "Kind", "Shown", "kind_of", "kinds", "register_kind"]
