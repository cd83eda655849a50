"""The rules of a call as sentences for applicants; each is made from what the document says, never from its name."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.calls.models import Call
from grants.calls.rules import as_decimal
from grants.organisations.states import OrganisationKind
from workflows.formatting import date_long, number, percent
from workflows.text import localized


def _whole(value: Any) -> int:
    return int(Decimal(str(value)))


def who_may_apply(call: Call) -> list[str]:
    """Kinds of applicants, partners, how many applications, how long, where, own share."""
    rules = call.terms
    eligibility = rules.part("call", "eligibility") or {}
    found = []
    if rules.applicant_kinds:
        kinds = ", ".join(str(OrganisationKind(kind).label) for kind in rules.applicant_kinds)
        found.append(_("Who may apply: %(kinds)s.") % {"kinds": kinds})
    if partners := eligibility.get("partners_min"):
        words = ngettext("At least %(n)s partner takes part.", "At least %(n)s partners take part.", _whole(partners))
        found.append(words % {"n": number(partners)})
    found += _how_many(call)
    if months := eligibility.get("duration_months"):
        words = _("A project lasts from %(least)s to %(most)s months.")
        found.append(words % {"least": number(months["min"]), "most": number(months["max"])})
    if place := eligibility.get("place"):
        found.append(_("Where: %(place)s.") % {"place": localized(place)})
    if period := eligibility.get("work_period"):
        found.append(_work_period(period))
    if rule := rules.part("call", "cofinancing", "rule"):
        found.append(localized(rule))
    return found


def _how_many(call: Call) -> list[str]:
    rules, found = call.terms, []
    if limit := rules.max_per_applicant:
        words = ngettext(
            "One applicant submits at most %(n)s application.",
            "One applicant submits at most %(n)s applications.",
            limit,
        )
        found.append(words % {"n": number(limit)})
    if limit := rules.max_per_category:
        words = ngettext(
            "At most %(n)s application in each category.", "At most %(n)s applications in each category.", limit
        )
        found.append(words % {"n": number(limit)})
    return found


def _work_period(period: dict[str, Any]) -> str:
    days = {key: date_long(date.fromisoformat(period[key])) for key in ("from", "to")}
    if period.get("continuing_work_allowed"):
        return _("The work was done from %(from)s to %(to)s; work that still goes on counts too.") % days
    return _("The work was done from %(from)s to %(to)s.") % days


def how_it_is_judged(call: Call) -> list[str]:
    """Who scores, how scores become one, what is enough, what breaks a tie."""
    rules = call.terms
    if not rules.has("expert_scoring"):
        return []
    scoring = rules.part("scoring") or {}
    found = [_who_scores(scoring), _how_joined(scoring)]
    if (threshold := as_decimal(scoring.get("threshold_total"))) is not None:
        found.append(_("At least %(points)s points of 100 are needed.") % {"points": number(threshold)})
    if (gap := as_decimal(scoring.get("third_evaluator_if_difference_from"))) is not None:
        words = _("Where scores differ by %(points)s points or more, one more expert assesses the application.")
        found.append(words % {"points": number(gap)})
    if scoring.get("rank_within") == "nomination":
        found.append(_("Entries are compared within each nomination."))
    if breakers := scoring.get("tie_breakers"):
        labels = {criterion.key: criterion.label for criterion in call.criteria.all()}
        words = ", ".join(labels.get(key) or _tie_breaker(key) for key in breakers)
        found.append(_("Where scores are equal, this decides, in this order: %(order)s.") % {"order": words})
    return found


def _who_scores(scoring: dict[str, Any]) -> str:
    if scoring.get("evaluators_per_application") == "all_jury":
        words = _("Each entry is scored by the whole jury, which has %(n)s members.")
        return words % {"n": number(scoring.get("jury_size"))}
    count = _whole(scoring["evaluators_per_application"])
    words = ngettext(
        "Each application is scored by %(n)s expert.", "Each application is scored by %(n)s experts.", count
    )
    return words % {"n": number(count)}


def _how_joined(scoring: dict[str, Any]) -> str:
    if scoring.get("aggregate") == "trimmed_mean":
        count = _whole(scoring.get("trim_each_side", 1))
        words = ngettext(
            "The highest and the lowest score are left out; the mean of the others counts.",
            "The %(n)s highest and the %(n)s lowest scores are left out; the mean of the others counts.",
            count,
        )
        return words % {"n": number(count)}
    if scoring.get("aggregate") == "median":
        return _("The median of the scores counts.")
    return _("The mean of the scores counts.")


def _tie_breaker(key: str) -> str:
    words = {
        "earlier_submission": _("the earlier submission"),
        "chair_vote": _("the vote of the chair"),
        "lottery": _("the drawing of lots"),
    }
    return words.get(key, key)


def payments(call: Call) -> list[str]:
    """The instalments, each with its share and what it waits for."""
    return [_payment(one, call) for one in call.terms.part("payments") or []]


def _payment(payment: dict[str, Any], call: Call) -> str:
    parts = {"name": localized(payment["label"]), "share": percent(payment["percent"])}
    names = {report["id"]: localized(report["label"]) for report in call.terms.part("reports") or []}
    if report := payment.get("after_approval_of"):
        parts["report"] = names.get(report, report)
        sentence = _("%(name)s: %(share)s, after this is approved: %(report)s") % parts
    elif payment.get("due_calendar_days_after") == "contract_signed":
        days = _whole(payment.get("days", 0))
        words = ngettext(
            "%(name)s: %(share)s, within %(n)s day of the agreement",
            "%(name)s: %(share)s, within %(n)s days of the agreement",
            days,
        )
        sentence = words % {**parts, "n": number(days)}
    else:
        sentence = _("%(name)s: %(share)s") % parts
    if condition := payment.get("condition"):
        return _("%(payment)s; condition: %(condition)s.") % {"payment": sentence, "condition": localized(condition)}
    return sentence if sentence.endswith(".") else f"{sentence}."  # "10 proc." brings its own


def reports(call: Call) -> list[str]:
    """The reports to come, each with when."""
    return [_report(one) for one in call.terms.part("reports") or []]


def _report(report: dict[str, Any]) -> str:
    name = localized(report["label"])
    if report.get("every") == "calendar_quarter":
        return _("%(name)s: each calendar quarter, by the 5th day of the next month.") % {"name": name}
    if months := report.get("period_months"):
        words = _("%(name)s: after each %(months)s months, within %(days)s days.")
        return words % {"name": name, "months": number(months), "days": number(report.get("due_calendar_days", 0))}
    if days := report.get("due_calendar_days_after_end"):
        words = _("%(name)s: within %(days)s days of the end of the project.")
        return words % {"name": name, "days": number(days)}
    return f"{name}."


def how_it_is_decided(call: Call) -> list[str]:
    """Who decides, what can be cut, when applicants hear of it, how to appeal, how long data are kept."""
    decision = call.terms.part("decision") or {}
    found = []
    if decided_by := decision.get("decided_by"):
        found.append(_("Decided by: %(who)s.") % {"who": localized(decided_by)})
    if cut := decision.get("max_cut_percent"):
        found.append(_("The sum asked for can be cut by %(share)s at most.") % {"share": percent(cut)})
    if call.terms.has("reserve_list"):
        found.append(_("Good applications for which there is no money go on a reserve list."))
    if winners := decision.get("winners_per_nomination"):
        words = ngettext("%(n)s winner in each nomination.", "%(n)s winners in each nomination.", _whole(winners))
        found.append(words % {"n": number(winners)})
    if days := decision.get("notify_within_working_days"):
        words = ngettext(
            "Applicants hear of the decision within %(n)s working day, whatever it is.",
            "Applicants hear of the decision within %(n)s working days, whatever it is.",
            _whole(days),
        )
        found.append(words % {"n": number(days)})
    if days := decision.get("appeal_calendar_days"):
        words = ngettext(
            "An appeal can be made within %(n)s day.", "An appeal can be made within %(n)s days.", _whole(days)
        )
        found.append(words % {"n": number(days)})
    return found
