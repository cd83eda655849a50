"""From bytes to a document, and the small questions that every part of the check asks of it."""

import json
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.fields import Finding
from workflows.exceptions import Refused
from workflows.obstacles import Obstacle

LARGEST = 2_000_000
ID = re.compile(r"[a-z][a-z0-9_]{0,58}")


class BadDocument(Refused):
    """A call's document that cannot be loaded; `findings` say where and why."""

    code = "bad_document"

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        lines = [f"{finding.path}: {finding.message}" if finding.path else finding.message for finding in findings]
        super().__init__(" ".join(lines), obstacles=[Obstacle(self.code, line) for line in lines])


def read_document(data: bytes) -> dict[str, Any]:
    """The JSON object in a file's bytes. Raises BadDocument where it is too large, no UTF-8, no JSON or no object."""
    if len(data) > LARGEST:
        raise BadDocument([Finding("", _("The file is larger than 2 MB."))])
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_key_once)
    except UnicodeDecodeError:
        raise BadDocument([Finding("", _("The file is not text in UTF-8."))])
    except json.JSONDecodeError as fault:
        message = _("Line %(line)s, place %(column)s: this is not JSON.")
        raise BadDocument([Finding("", message % {"line": fault.lineno, "column": fault.colno})])
    except RecursionError:
        raise BadDocument([Finding("", _("The document is nested too deeply."))])
    if not isinstance(document, dict):
        raise BadDocument([Finding("", _("The document must be an object."))])
    return document


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadDocument([Finding(key, _("This key is there twice in one object."))])
        found[key] = value
    return found


def at(path: str, key: str | int) -> str:
    """The path of a part: `call.dates`, `criteria[0]`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def as_number(value: Any) -> Decimal | None:
    """A finite number as an exact decimal; None for everything else, truth values included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


class Check:
    """Collects findings; each method answers the value it found, or a harmless one with a finding."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def say(self, path: str, message: str) -> None:
        """Note one fault."""
        self.findings.append(Finding(path, message))

    def object(self, parent: dict[str, Any], key: str, path: str, *, needed: bool = True) -> dict[str, Any] | None:
        """An object, or None where it is null or left out (a fault where it is needed)."""
        value = parent.get(key)
        if value is None:
            if needed:
                self.say(at(path, key), _("This part is missing."))
            return None
        if not isinstance(value, dict):
            self.say(at(path, key), _("This must be an object."))
            return None
        return value

    def items(self, parent: dict[str, Any], key: str, path: str) -> list[tuple[str, dict[str, Any]]]:
        """The objects of a list, each with its path; what is no object is a fault."""
        value = parent.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.say(at(path, key), _("This must be a list."))
            return []
        here = at(path, key)
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                self.say(at(here, index), _("This must be an object."))
        return [(at(here, index), item) for index, item in enumerate(value) if isinstance(item, dict)]

    def number(
        self, parent: dict[str, Any], key: str, path: str, *, least: int | str = 0, most: int | str | None = None,
        above: bool = False, whole: bool = False, needed: bool = True,
    ) -> Decimal | None:  # fmt: skip
        """A number from `least` (or above it) to `most`; None with a fault where it is not."""
        if parent.get(key) is None:
            if needed:
                self.say(at(path, key), _("A number is needed here."))
            return None
        number = as_number(parent[key])
        if number is None or (whole and number != number.to_integral_value()):
            self.say(at(path, key), _("Write a whole number.") if whole else _("Write a number."))
            return None
        if number < Decimal(least) or (above and number == Decimal(least)):
            words = _("Write a number above %(least)s.") if above else _("Write %(least)s or more.")
            self.say(at(path, key), words % {"least": least})
            return None
        if most is not None and number > Decimal(most):
            self.say(at(path, key), _("Write %(most)s or less.") % {"most": most})
            return None
        return number

    def texts(self, parent: dict[str, Any], key: str, path: str, *, most: int = 300) -> None:
        """A text in Lithuanian and English is needed; that both are filled in is checked for the whole document."""
        value = parent.get(key)
        if not isinstance(value, dict) or not ({"lt", "en"} & set(value)):
            self.say(at(path, key), _("Write the text in Lithuanian and in English."))
            return
        for language in ("lt", "en"):
            if isinstance(value.get(language), str) and len(value[language]) > most:
                message = _("The text is too long: at most %(most)s characters.")
                self.say(f"{at(path, key)}.{language}", message % {"most": most})

    def choice(self, parent: dict[str, Any], key: str, path: str, allowed: tuple[str, ...]) -> str | None:
        """One of the allowed words; None with a fault where it is not."""
        value = parent.get(key)
        if isinstance(value, str) and value in allowed:
            return value
        self.say(at(path, key), _("Write one of: %(allowed)s.") % {"allowed": ", ".join(allowed)})
        return None

    def ids(self, items: list[tuple[str, dict[str, Any]]], key: str = "id", pattern: re.Pattern[str] = ID) -> list[str]:
        """The ids of a list, each well formed and there once."""
        found: list[str] = []
        for path, item in items:
            value = item.get(key)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                self.say(at(path, key), _("An id begins with a letter and has only small Latin letters, digits and _."))
            elif value in found:
                self.say(at(path, key), _("The id “%(id)s” is there twice.") % {"id": value})
            else:
                found.append(value)
        return found
