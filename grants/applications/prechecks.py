"""What the rules of a call say about a submitted application before an officer looks: advice, never a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.organisations.states import OrganisationKind
from grants.questionnaires.context import Context
from grants.questionnaires.fields.budget_rules import broken_rules
from workflows.formatting import date_long, moment_text, number

YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rules find: yes, no or unknown, and the fact it rests on, in a sentence."""

    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules may look at, read once.

    answers and documents are the submitted ones (documents: key, subject, name); rules is the call's document;
    same_category counts this applicant's other applications in the same category (in the call where it has none).
    """

    received_at: datetime
    closes_at: datetime
    time_zone: str
    applicant_kind: str
    rules: dict[str, Any]
    definition: dict[str, Any]
    answers: dict[str, Any]
    documents: list[dict[str, Any]] = field(default_factory=list)
    same_category: int = 0
    submitted_by: str = ""

    def of_type(self, kind: str) -> list[tuple[dict[str, Any], Any]]:
        """Every question of a type, with its answer (None where there is none)."""
        return [(q, self.answers.get(q["id"])) for q in self.questions() if q["type"] == kind]

    def questions(self) -> list[dict[str, Any]]:
        """Every question of the form, in order."""
        return [q for section in self.definition["sections"] for q in section["questions"]]


Check = Callable[[Facts], Advice]
_CHECKS: dict[str, Check] = {}


def precheck(item_id: str) -> Callable[[Check], Check]:
    """Register the rule behind a point of the checklist by the point's id (decorator)."""

    def keep(check: Check) -> Check:
        _CHECKS[item_id] = check
        return check

    return keep


def advise(item_id: str, facts: Facts) -> Advice:
    """The advice on one point; unknown where no rule can tell."""
    check = _CHECKS.get(item_id)
    return check(facts) if check else Advice(UNKNOWN, _("This cannot be read from the application; look for yourself."))


def _verdict(good: bool, because: str) -> Advice:
    return Advice(YES if good else NO, because)


@precheck("in_time")
def in_time(facts: Facts) -> Advice:
    """Received before the closing instant; 17:00 means 17:00:00."""
    words = {
        "received": moment_text(facts.received_at, facts.time_zone),
        "closes": moment_text(facts.closes_at, facts.time_zone),
    }
    return _verdict(
        facts.received_at < facts.closes_at, _("Received %(received)s; the deadline is %(closes)s.") % words
    )


@precheck("applicant_ok")
def applicant_ok(facts: Facts) -> Advice:
    """The applicant is of a kind that the call is for."""
    allowed = (facts.rules["call"].get("eligibility") or {}).get("applicant_kinds") or []
    if not allowed:
        return Advice(YES, _("The call does not limit who may apply."))
    kind = OrganisationKind(facts.applicant_kind).label
    return _verdict(facts.applicant_kind in allowed, _("The applicant is registered as: %(kind)s.") % {"kind": kind})


@precheck("partner_ok")
def partner_ok(facts: Facts) -> Advice:
    """As many partners as the call asks for, each once by name."""
    wanted = (facts.rules["call"].get("eligibility") or {}).get("partners_min") or 0
    rows = facts.answers.get("partners") or []
    names = {str(row.get("name") or "").strip().casefold() for row in rows} - {""}
    there = ngettext("%(count)d partner is named", "%(count)d partners are named", len(names)) % {"count": len(names)}
    return _verdict(
        len(names) >= wanted, _("%(there)s; at least %(wanted)d needed.") % {"there": there, "wanted": wanted}
    )


def is_blank(value: Any) -> bool:
    """Whether an answer says nothing."""
    return value is None or value is False or value == "" or value == [] or value == {}


@precheck("complete")
def complete(facts: Facts) -> Advice:
    """Every question that is always required has an answer."""
    blank = [q for q in facts.questions() if q.get("required") and q["type"] != "files"]
    blank = [q for q in blank if is_blank(facts.answers.get(q["id"]))]
    if not blank:
        return Advice(YES, _("Every required question is answered."))
    count = ngettext("%(count)d required answer is missing.", "%(count)d required answers are missing.", len(blank))
    return Advice(NO, count % {"count": len(blank)})


@precheck("annexes")
def annexes(facts: Facts) -> Advice:
    """Every annex that is always required is there, for each partner where it is wanted per partner."""
    missing = 0
    for annex in facts.rules.get("annexes") or []:
        if not annex.get("required"):
            continue
        wanted = len(facts.answers.get("partners") or []) if annex.get("per") == "partner" else 1
        there = [d for d in facts.documents if d["key"] == annex["id"]]
        found = len({d.get("subject") or d["sha256"] for d in there}) if annex.get("per") else min(len(there), 1)
        missing += max(wanted - found, 0)
    if not missing:
        return Advice(YES, _("Every required annex is there."))
    count = ngettext("%(count)d required annex is missing.", "%(count)d required annexes are missing.", missing)
    return Advice(NO, count % {"count": missing})


def _budget_findings(facts: Facts, *names: str) -> list[str] | None:
    """The sentences of the budget rules named, or None where the application has no budget."""
    rules = {
        name: facts.rules["call"].get(name) if name != "budget_categories" else facts.rules.get(name) for name in names
    }
    budgets = [value for _question, value in facts.of_type("budget") if value]
    context = Context(definition={"sections": [], "rules": rules}, language="")
    return [sentence for value in budgets for sentence in broken_rules(value, context)] if budgets else None


@precheck("limits")
def limits(facts: Facts) -> Advice:
    """The grant is within the call's limits, and so is each category's share."""
    return _on_budget(
        _budget_findings(facts, "money", "budget_categories"), _("The sum and the categories keep the limits.")
    )


@precheck("own_share")
def own_share(facts: Facts) -> Advice:
    """The own contribution is large enough, and not too much of it is in kind."""
    return _on_budget(_budget_findings(facts, "cofinancing"), _("The own contribution is sufficient."))


def _on_budget(findings: list[str] | None, good: str) -> Advice:
    if findings is None:
        return Advice(UNKNOWN, _("The application has no budget that could be counted."))
    return Advice(NO, " ".join(findings)) if findings else Advice(YES, good)


@precheck("period")
def period(facts: Facts) -> Advice:
    """The period lies within the days and the length that the call allows."""
    periods = [value for _question, value in facts.of_type("daterange") if value]
    if not periods:
        return Advice(UNKNOWN, _("The application names no period."))
    start, end = (date.fromisoformat(periods[0][key]) for key in ("from", "to"))
    dates, lengths = (
        facts.rules["call"]["dates"],
        (facts.rules["call"].get("eligibility") or {}).get("duration_months") or {},
    )
    earliest, latest = dates.get("projects_start_from"), dates.get("projects_end_by")
    months = months_between(start, end)
    good = not (
        (earliest and start < date.fromisoformat(earliest))
        or (latest and end > date.fromisoformat(latest))
        or months < Decimal(lengths.get("min") or 0)
        or months > Decimal(lengths.get("max") or 1200)
    )
    words = {"start": date_long(start), "end": date_long(end), "months": number(months, 1)}
    return _verdict(good, _("From %(start)s to %(end)s, %(months)s months.") % words)


def months_between(start: date, end: date) -> Decimal:
    """How many months a period lasts, both days included; part of a month counts as days of 30."""
    after = date.fromordinal(end.toordinal() + 1)
    whole = (after.year - start.year) * 12 + after.month - start.month
    return Decimal(whole) + Decimal(after.day - start.day) / Decimal(30)


@precheck("one_per_category")
def one_per_category(facts: Facts) -> Advice:
    """The applicant has no other application in this category."""
    if facts.same_category == 0:
        return Advice(YES, _("It is the applicant's only application in this category."))
    count = ngettext(
        "The applicant has %(count)d other application in this category.",
        "The applicant has %(count)d other applications in this category.",
        facts.same_category,
    )
    return Advice(NO, count % {"count": facts.same_category})


@precheck("director")
def director(facts: Facts) -> Advice:
    """The declaration that the director confirms the application is ticked."""
    ticked = facts.answers.get("decl_director") is True
    return _verdict(ticked, _("The declaration is ticked.") if ticked else _("The declaration is not ticked."))


@precheck("signed")
def signed(facts: Facts) -> Advice:
    """Who submitted is known; whether that person may sign is for the officer to see."""
    authorised = any(document["key"] == "authorisation" for document in facts.documents)
    words = _("%(person)s submitted it; an authorisation is attached.") if authorised else _("%(person)s submitted it.")
    return Advice(UNKNOWN, words % {"person": facts.submitted_by})


@precheck("length")
def length(facts: Facts) -> Advice:
    """The long texts together keep their limits (two A4 pages are counted as their characters)."""
    texts = facts.of_type("longtext")
    used = sum(len(value or "") for _question, value in texts)
    allowed = sum(question.get("max_chars", 0) for question, _value in texts)
    words = {"used": number(used), "allowed": number(allowed)}
    return _verdict(not allowed or used <= allowed, _("%(used)s characters of %(allowed)s.") % words)
