"""Fields in which one chooses: a tick, one of several, many of several, a library, municipalities, a nomination."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.questionnaires.context import Choice, Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Finding, Kind, Shown, register_kind
from grants.questionnaires.text import clean_text, in_language


@register_kind
class Checkbox(Kind):
    """A statement that is ticked or not; a required one must be ticked."""

    code = "checkbox"

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """`on` or nothing, whatever value the browser sent."""
        return "on" if data.get(name, "") not in ("", "0", "false") else ""

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """True: an empty one is never parsed."""
        return Parsed(value=True)

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """The statement has to be confirmed."""
        return [Problem(_("Tick the box to confirm."), missing=True)]

    def condition_values(self, value: Any) -> set[str]:
        """`true` or `false`."""
        return {"true" if value else "false"}

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """Yes."""
        return Shown("text", text=_("Yes, confirmed"))

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """Whether it is ticked."""
        return {"checked": raw == "on"}


@register_kind
class Select(Kind):
    """One of the listed options: radio buttons when they are few, a list when they are many."""

    code = "select"
    in_tables = True
    settings = {"options": (list,)}

    def check(self, question: Question, path: str) -> list[Finding]:
        """There are options, each once, each with a label."""
        return check_options(question.get("options"), f"{path}.options")

    def options(self, question: Question, context: Context) -> list[Choice]:
        """What can be chosen."""
        return [Choice(str(o["value"]), in_language(o["label"], context.language)) for o in question["options"]]

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The chosen value, if it is one of the list."""
        if raw not in {choice.value for choice in self.options(question, context)}:
            return Parsed(None, (Problem(_("Choose one of the listed options.")),))
        return Parsed(raw)

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """One has to be chosen."""
        return [Problem(_("Choose one of the options."), missing=True)]

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The label of what was chosen."""
        return Shown("text", text=self.label_of(value, question, context))

    def label_of(self, value: Any, question: Question, context: Context) -> str:
        """The label of a value; the value itself when the list no longer has it."""
        return next((c.label for c in self.options(question, context) if c.value == value), str(value))

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """The options and what is chosen; a value that is not listed stays visible, so that it is not lost."""
        options = self.options(question, context)
        stranger = raw if raw and raw not in {choice.value for choice in options} else ""
        return {"value": raw or "", "options": options, "few": len(options) <= 7, "stranger": stranger}


@register_kind
class Library(Select):
    """An organisation; the sheet begins with the applicant's own."""

    code = "library"
    in_tables = False
    settings = {}

    def check(self, question: Question, path: str) -> list[Finding]:
        """Nothing to state: the list is the registry of organisations."""
        return []

    def options(self, question: Question, context: Context) -> list[Choice]:
        """Organisations of the kinds that may apply."""
        return context.choices("organisations")

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """Always a list, however few organisations there are."""
        return super().control(raw, question, context, name) | {"few": False}

    def limits(self, question: Question, context: Context) -> list[str]:
        """Where the list comes from."""
        return [_("Chosen from the list of libraries.")]

    def hints(self, question: Question, context: Context) -> list[str]:
        """None: the list itself is there."""
        return []


@register_kind
class Category(Select):
    """A category and a nomination in it, chosen in one step; `library/innovation` is stored in two parts."""

    code = "category"
    in_tables = False
    grouped = True
    settings = {}

    def check(self, question: Question, path: str) -> list[Finding]:
        """The categories are among the rules, where the definition's check reads them."""
        return []

    def options(self, question: Question, context: Context) -> list[Choice]:
        """Every nomination, grouped by category."""
        return [
            Choice(
                f"{category['id']}/{nomination['id']}",
                in_language(nomination["label"], context.language),
                in_language(category["label"], context.language),
            )
            for category in context.rules.get("categories") or []
            for nomination in category["nominations"]
        ]

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """`{"category": …, "nomination": …}`."""
        parsed = super().parse(raw, question, context)
        if parsed.value is None:
            return parsed
        category, _slash, nomination = raw.partition("/")
        return Parsed({"category": category, "nomination": nomination})

    def condition_values(self, value: Any) -> set[str]:
        """The category, and the nomination with and without it."""
        if value is None:
            return set()
        category, nomination = value["category"], value["nomination"]
        return {category, nomination, f"{category}/{nomination}"}

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """Category and nomination."""
        chosen = f"{value['category']}/{value['nomination']}"
        found = next((c for c in self.options(question, context) if c.value == chosen), Choice(chosen, chosen))
        return Shown("text", text=f"{found.group}: {found.label}" if found.group else found.label)

    def limits(self, question: Question, context: Context) -> list[str]:
        """All that can be chosen."""
        return [f"{choice.group}: {choice.label}" for choice in self.options(question, context)]

    def hints(self, question: Question, context: Context) -> list[str]:
        """None: the list itself is there."""
        return []

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """The options in groups."""
        found = super().control(raw, question, context, name)
        groups: dict[str, list[Choice]] = {}
        for choice in found["options"]:
            groups.setdefault(choice.group, []).append(choice)
        return found | {"groups": list(groups.items())}


@register_kind
class MultiSelect(Select):
    """Any number of the listed options."""

    code = "multiselect"
    in_tables = False
    grouped = True

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Every ticked value, each once, in the order in which they came."""
        return list(dict.fromkeys(clean_text(value) for value in data.getlist(name) if value))

    def is_empty(self, raw: Raw) -> bool:
        """Nothing was ticked."""
        return not isinstance(raw, list) or not raw

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The chosen values in the order of the list."""
        known = [choice.value for choice in self.options(question, context)]
        if not set(raw) <= set(known):
            return Parsed(None, (Problem(_("Choose only among the listed options.")),))
        return Parsed([value for value in known if value in raw])

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """At least one has to be chosen."""
        return [Problem(_("Choose at least one."), missing=True)]

    def condition_values(self, value: Any) -> set[str]:
        """Every chosen value."""
        return set(value or [])

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The labels."""
        return Shown("list", items=tuple(self.label_of(item, question, context) for item in value))

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """The values as they came."""
        return Shown("list", items=tuple(raw))

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """The options and the ticked values."""
        chosen = raw if isinstance(raw, list) else []
        options = self.options(question, context)
        known = {choice.value for choice in options}
        return {"chosen": chosen, "options": options, "strangers": [v for v in chosen if v not in known]}


@register_kind
class Municipalities(MultiSelect):
    """Any of the 60 municipalities."""

    code = "municipalities"
    settings = {}

    def check(self, question: Question, path: str) -> list[Finding]:
        """Nothing to state: the list is the registry of municipalities."""
        return []

    def options(self, question: Question, context: Context) -> list[Choice]:
        """All municipalities."""
        return context.choices("municipalities")

    def limits(self, question: Question, context: Context) -> list[str]:
        """Where the list comes from."""
        return [_("One or more of the 60 municipalities.")]

    def hints(self, question: Question, context: Context) -> list[str]:
        """None: the list itself is there."""
        return []


def check_options(options: Any, path: str) -> list[Finding]:
    """Findings about a list of `{"value": …, "label": …}`."""
    if not isinstance(options, list) or not options:
        return [Finding(path, "Give at least one option.")]
    findings, seen = [], set()
    for at, option in enumerate(options):
        here = f"{path}[{at}]"
        if not isinstance(option, dict) or not isinstance(option.get("value"), str) or not option["value"]:
            findings.append(Finding(f"{here}.value", "Every option needs a value."))
            continue
        if option["value"] in seen:
            findings.append(Finding(f"{here}.value", f"The value “{option['value']}” is there twice."))
        seen.add(option["value"])
        if not in_language(option.get("label")):
            findings.append(Finding(f"{here}.label", "Every option needs a label."))
    return findings
