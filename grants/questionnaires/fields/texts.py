"""Short text, long text and web addresses."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Finding, Kind, Shown, register_kind
from grants.questionnaires.text import count_characters, in_language

LONGEST_PATTERN = 200
_DIGITS = re.compile(r"\^\[0-9\]\{(\d{1,2})\}\$")
_NESTED_REPEAT = re.compile(r"[*+}]\)[*+{?]|\(\?|\\[1-9]")


def too_long(text: str, limit: int) -> Problem | None:
    """The sentence for a text above its limit, or None."""
    count = count_characters(text)
    if count <= limit:
        return None
    return Problem(
        ngettext(
            "Shorten the text by %(over)d character: there are %(count)d, the limit is %(limit)d.",
            "Shorten the text by %(over)d characters: there are %(count)d, the limit is %(limit)d.",
            count - limit,
        )
        % {"over": count - limit, "count": count, "limit": limit}
    )


@register_kind
class Text(Kind):
    """One line of text, with a limit and perhaps a pattern."""

    code = "text"
    in_tables = True
    settings = {"max_chars": (int,), "pattern": (str,), "pattern_help": (dict, str)}
    default_limit = 500

    def check(self, question: Question, path: str) -> list[Finding]:
        """Limits are positive; patterns are short and cannot run for ever."""
        findings = []
        if question.get("max_chars", 1) < 1:
            findings.append(Finding(f"{path}.max_chars", "The limit must be at least 1 character."))
        pattern = question.get("pattern")
        if pattern is not None:
            findings += _check_pattern(pattern, f"{path}.pattern")
        return findings

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """One line: line ends become spaces."""
        return super().read(data, name, question).replace("\n", " ")

    def limit_of(self, question: Question) -> int:
        """The most characters that may be given in."""
        return int(question.get("max_chars", self.default_limit))

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The text itself; too much of it is kept but cannot be submitted."""
        value = raw.strip()
        problems = [
            problem for problem in (too_long(raw, self.limit_of(question)), _misfit(value, question)) if problem
        ]
        return Parsed(value, tuple(problems[:1]))

    def limits(self, question: Question, context: Context) -> list[str]:
        """The limit of characters, and what the pattern wants."""
        limit = self.limit_of(question)
        digits = _DIGITS.fullmatch(question.get("pattern", ""))
        if digits:
            count = int(digits.group(1))
            return [ngettext("%(count)d digit.", "%(count)d digits.", count) % {"count": count}]
        return [ngettext("At most %(count)d character.", "At most %(count)d characters.", limit) % {"count": limit}]

    def hints(self, question: Question, context: Context) -> list[str]:
        """Only what a pattern wants; the limit stands in the counter."""
        return self.limits(question, context) if question.get("pattern") else []

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """The text and its limit; the counter shows only where the limit was stated."""
        counted = question.get("max_chars")
        left = counted - count_characters(raw or "") if counted else None
        return {
            "value": raw or "",
            "limit": counted,
            "left": left,
            "over": -left if left is not None and left < 0 else 0,
        }


@register_kind
class LongText(Text):
    """Several lines of text, with a limit in characters that is counted here and in the browser by one rule."""

    code = "longtext"
    in_tables = False
    default_limit = 20_000

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Line ends stay."""
        return Kind.read(self, data, name, question)

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """Paragraphs."""
        return Shown("paragraphs", text=value)

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """Paragraphs, as typed."""
        return Shown("paragraphs", text=raw)

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """As for short text, and a height that fits the limit."""
        height = min(14, max(4, self.limit_of(question) // 200))
        return super().control(raw, question, context, name) | {"height": height}


@register_kind
class Url(Kind):
    """A web address."""

    code = "url"
    in_tables = True
    _validate = URLValidator(schemes=["http", "https"])

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """A full http or https address of at most 500 characters."""
        text = raw.strip()
        if not re.match(r"https?://", text, re.IGNORECASE):
            return Parsed(None, (Problem(_("Begin the link with https://, for example https://www.biblioteka.lt.")),))
        try:
            self._validate(text)
        except ValidationError:
            return Parsed(None, (Problem(_("This is not a web address. Copy it from the browser's address bar.")),))
        problem = too_long(text, 500)
        return Parsed(None, (problem,)) if problem else Parsed(text)

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """A link."""
        return Shown("link", text=value)


def _check_pattern(pattern: str, path: str) -> list[Finding]:
    if len(pattern) > LONGEST_PATTERN:
        return [Finding(path, f"The pattern is longer than {LONGEST_PATTERN} characters.")]
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return [Finding(path, "The pattern is not a valid regular expression.")]
    if _NESTED_REPEAT.search(pattern):
        return [Finding(path, "The pattern repeats a group that repeats itself; write it without groups.")]
    return []


def _misfit(value: str, question: Question) -> Problem | None:
    pattern = question.get("pattern")
    if not pattern or (len(value) <= LONGEST_PATTERN and re.fullmatch(pattern, value)):
        return None
    digits = _DIGITS.fullmatch(pattern)
    if digits:
        return Problem(_digits_wanted(value, int(digits.group(1))))
    explained = in_language(question.get("pattern_help"))
    return Problem(explained or _("The answer is not written in the form that is asked for."))


def _digits_wanted(value: str, wanted: int) -> str:
    there = sum(character in "0123456789" for character in value)
    if there != len(value):
        return ngettext(
            "Enter %(wanted)d digit and nothing else.", "Enter %(wanted)d digits and nothing else.", wanted
        ) % {"wanted": wanted}
    wanted_text = ngettext("Enter %(wanted)d digit", "Enter %(wanted)d digits", wanted) % {"wanted": wanted}
    there_text = ngettext("there is %(there)d", "there are %(there)d", there) % {"there": there}
    return _("%(wanted)s; %(there)s.") % {"wanted": wanted_text, "there": there_text}
