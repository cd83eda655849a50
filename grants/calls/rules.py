"""The rules of a call, read from its document: what it asks for and what it allows, never by its name."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any


def as_decimal(value: Any) -> Decimal | None:
    """A number of the document as an exact decimal, or None where it is left out."""
    return None if value is None else Decimal(str(value))


class CallRules:
    """Questions about a call's document with their answers; what the document leaves out has a plain default."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def part(self, *path: str) -> Any:
        """The value at a path of keys, or None where any of them is missing."""
        value: Any = self.document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def has(self, feature: str) -> bool:
        """Whether the call uses a feature: `project_budget`, `reserve_list`, `contract` …"""
        return bool(self.part("features", feature))

    @property
    def total(self) -> Decimal | None:
        """How much money the call has in all, in EUR; None for a call without money."""
        return as_decimal(self.part("call", "money", "total"))

    @property
    def grants_money(self) -> bool:
        """Whether the call gives money."""
        return self.part("call", "money") is not None

    @property
    def has_implementation(self) -> bool:
        """Whether an awarded project goes on to agreement, money or reports; a contest does not."""
        return self.grants_money or any(self.has(name) for name in ("contract", "payments", "reports"))

    @property
    def max_per_applicant(self) -> int | None:
        """How many applications one applicant may submit, or None for no limit."""
        money = self.part("call", "money", "max_applications_per_applicant")
        return money if money is not None else self.part("call", "eligibility", "max_applications_per_applicant")

    @property
    def max_per_category(self) -> int | None:
        """How many entries one applicant may submit in one category, or None for no limit."""
        return self.part("call", "eligibility", "max_per_category")

    @property
    def applicant_kinds(self) -> list[str]:
        """The kinds of organisation that may apply; empty for every kind."""
        return list(self.part("call", "eligibility", "applicant_kinds") or [])

    @property
    def reserve_valid_until(self) -> date | None:
        """The last day of the reserve list, where the rules name one."""
        text = self.part("decision", "reserve_valid_until")
        return date.fromisoformat(text) if text else None


def missing_texts(document: Any, path: str = "") -> Iterator[str]:
    """The paths of a document where a bilingual text is missing in one of the two languages."""
    if isinstance(document, dict):
        if "lt" in document or "en" in document:
            texts = (document.get("lt"), document.get("en"))
            if not all(isinstance(text, str) and text.strip() for text in texts):
                yield path
            return
        for key, inner in document.items():
            yield from missing_texts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list):
        for index, inner in enumerate(document):
            yield from missing_texts(inner, f"{path}[{index}]")
