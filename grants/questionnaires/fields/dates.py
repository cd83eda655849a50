"""Dates and periods."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Finding, Kind, Shown, register_kind
from grants.questionnaires.text import clean_text, is_blank
from workflows import formatting

_YEAR_FIRST = re.compile(r"([0-9]{4})[-. /]+([0-9]{1,2})[-. /]+([0-9]{1,2})\.?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-. /]+([0-9]{1,2})[-. /]+([0-9]{4})\.?")
_IN_WORDS = re.compile(r"([0-9]{4}) ?m\. ?([a-ząčęėįšųūž]+) ([0-9]{1,2}) ?d\.?")
_MONTHS = (
    "sausio",
    "vasario",
    "kovo",
    "balandžio",
    "gegužės",
    "birželio",
    "liepos",
    "rugpjūčio",
    "rugsėjo",
    "spalio",
    "lapkričio",
    "gruodžio",
)


class NotADate(ValueError):
    """A text that is not a date; its message says how to write one."""


def read_date(text: str) -> date:
    """A date written year first (`2027-03-05`, `2027 03 05`, `2027 m. kovo 5 d.`); raises NotADate with a sentence.

    `5.3.2027` is not guessed at, since day and month change places between countries: the sentence says what to write.
    """
    tidy = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()
    words = _IN_WORDS.fullmatch(tidy.lower())
    if words and words.group(2) in _MONTHS:
        return _day(int(words.group(1)), _MONTHS.index(words.group(2)) + 1, int(words.group(3)))
    found = _YEAR_FIRST.fullmatch(tidy)
    if found:
        return _day(*map(int, found.groups()))
    turned = _DAY_FIRST.fullmatch(tidy)
    if turned:
        day, month, year = turned.groups()
        raise NotADate(
            _("Write the year first, then the month and the day. If you mean day %(day)s of month %(month)s: %(date)s.")
            % {"day": int(day), "month": int(month), "date": f"{year}-{month:0>2}-{day:0>2}"}
        )
    raise NotADate(_("Write the date as year, month and day, for example 2027-03-05."))


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADate(_("There is no such day in the calendar. Check the month and the day."))
    if not 1900 <= year <= 2100:
        raise NotADate(_("Check the year: it must be between 1900 and 2100."))
    return found


def date_text(iso: str) -> str:
    """A stored date in the reader's spelling."""
    return formatting.date_long(date.fromisoformat(iso))


@register_kind
class Date(Kind):
    """One day, stored as ISO text."""

    code = "date"
    in_tables = True

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The day, or one sentence."""
        try:
            return Parsed(read_date(raw).isoformat())
        except NotADate as error:
            return Parsed(None, (Problem(str(error)),))

    def to_python(self, value: Any) -> Any:
        """A date."""
        return None if value is None else date.fromisoformat(value)

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """In the reader's spelling."""
        return Shown("text", text=date_text(value))

    def limits(self, question: Question, context: Context) -> list[str]:
        """How a date is written."""
        return [_("Year, month, day, for example 2027-03-05.")]


@register_kind
class DateRange(Kind):
    """A period from one day to a later one, perhaps within limits of the call."""

    code = "daterange"
    grouped = True
    settings = {"from_earliest": (str,), "to_latest": (str,), "months_min": (int,), "months_max": (int,)}

    def check(self, question: Question, path: str) -> list[Finding]:
        """The limits are dates."""
        return [
            Finding(f"{path}.{key}", "Write the date as 2027-03-05.")
            for key in ("from_earliest", "to_latest")
            if key in question and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", question[key])
        ]

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Both ends as typed."""
        return {end: clean_text(data.get(f"{name}-{end}", "")) for end in ("from", "to")}

    def is_empty(self, raw: Raw) -> bool:
        """Neither end was typed."""
        return not isinstance(raw, dict) or all(is_blank(str(raw.get(end, ""))) for end in ("from", "to"))

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """Both days in order and within the limits."""
        ends, problems = {}, []
        for end in ("from", "to"):
            text = str(raw.get(end, ""))
            try:
                ends[end] = read_date(text)
            except NotADate as error:
                sentence = self._unanswered(end) if is_blank(text) else str(error)
                problems.append(Problem(sentence, end, missing=is_blank(text)))
        if problems:
            return Parsed(None, tuple(problems))
        if ends["to"] <= ends["from"]:
            return Parsed(None, (Problem(_("The end must be after the start."), "to"),))
        value = {end: day.isoformat() for end, day in ends.items()}
        return Parsed(value, tuple(self._outside(ends["from"], ends["to"], question)))

    def _unanswered(self, end: str) -> str:
        return _("Enter the day of the start.") if end == "from" else _("Enter the day of the end.")

    def _outside(self, start: date, end: date, question: Question) -> list[Problem]:
        earliest, latest = question.get("from_earliest"), question.get("to_latest")
        if earliest and start < date.fromisoformat(earliest):
            return [Problem(_("The project may start on %(day)s or later.") % {"day": date_text(earliest)}, "from")]
        if latest and end > date.fromisoformat(latest):
            return [Problem(_("The project must end by %(day)s.") % {"day": date_text(latest)}, "to")]
        least, most = question.get("months_min"), question.get("months_max")
        if least and _months_later(start, least) > _day_after(end):
            return [Problem(_("The period must be at least %(months)d months long.") % {"months": least}, "to")]
        if most and _months_later(start, most) < _day_after(end):
            return [Problem(_("The period may be at most %(months)d months long.") % {"months": most}, "to")]
        return []

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """Both ends are asked for."""
        return [Problem(_("Enter the start and the end."), "from", missing=True)]

    def to_python(self, value: Any) -> Any:
        """A pair of dates."""
        return None if value is None else (date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """Both days."""
        return Shown("text", text=f"{date_text(value['from'])} – {date_text(value['to'])}")

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """Both texts."""
        return Shown("text", text=f"{raw.get('from', '')} – {raw.get('to', '')}")

    def limits(self, question: Question, context: Context) -> list[str]:
        """The limits of the call, in sentences."""
        found = [_("Year, month, day, for example 2027-03-05.")]
        if question.get("from_earliest"):
            found.append(_("Starts on %(day)s or later.") % {"day": date_text(question["from_earliest"])})
        if question.get("to_latest"):
            found.append(_("Ends by %(day)s.") % {"day": date_text(question["to_latest"])})
        if question.get("months_min") and question.get("months_max"):
            found.append(
                _("From %(least)d to %(most)d months long.")
                % {"least": question["months_min"], "most": question["months_max"]}
            )
        return found

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """Both texts with their names."""
        raw = raw if isinstance(raw, dict) else {}
        return {
            "parts": [
                {"name": f"{name}-from", "label": _("Start"), "value": raw.get("from", ""), "anchor": "from"},
                {"name": f"{name}-to", "label": _("End"), "value": raw.get("to", ""), "anchor": "to"},
            ]
        }


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the first of the month after where there is no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
