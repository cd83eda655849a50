"""The document of a report in the reader's language."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from reporting.impact.models import ImpactReport
from reporting.impact.shown import words
from reporting.impact.shown.indicators import indicator_section, reporting_projects
from reporting.impact.shown.parts import Document, Figure
from reporting.impact.shown.sections import (
    method_section,
    milestone_section,
    money_section,
    plan_section,
    projects_section,
    work_section,
)
from reporting.impact.states import Scope
from workflows.formatting import euro, moment_text, number
from workflows.text import current_language, localized


def shown_report(report: ImpactReport) -> Document:
    """Everything the report shows, in the language of the moment. No query: all of it is in the snapshot."""
    return document_of(report.snapshot, report.snapshot_sha256, report.get_absolute_url(), report.as_of)


def document_of(snapshot: dict[str, Any], digest: str, path: str, as_of: Any) -> Document:
    """The same from its parts, before the report is stored."""
    facts = snapshot["facts"]
    told = moment_text(as_of, settings.TIME_ZONE)
    sections = [
        projects_section(snapshot), money_section(snapshot), indicator_section(snapshot), work_section(snapshot),
        milestone_section(snapshot), plan_section(snapshot), method_section(snapshot, told, digest),
    ]  # fmt: skip
    return Document(
        language=current_language(),
        title=localized(facts["title"]) or facts["code"],
        kind=kind_of(snapshot["scope"]),
        meta=list(_meta(snapshot, told)),
        figures=list(_figures(snapshot)),
        sections=[section for section in sections if section is not None],
        as_of=told,
        day=as_of.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        digest=digest,
        address=f"{settings.SITE_URL}{path}",
    )


def kind_of(scope: str) -> str:
    """What the report is, in words."""
    return {
        Scope.PROJECT: _("Impact report of a project"),
        Scope.CALL: _("Impact report of a call"),
        Scope.PROGRAMME: _("Impact report of a programme"),
    }[Scope(scope)]


def _meta(snapshot: dict[str, Any], as_of: str) -> Iterator[str]:
    facts = snapshot["facts"]
    yield facts["code"]
    if facts.get("programme"):
        yield localized(facts["programme"])
    if facts["first_day"] and facts["last_day"]:
        yield f"{words.day(facts['first_day'])} – {words.day(facts['last_day'])}"
    yield _("Data as of %(moment)s") % {"moment": as_of}


def _figures(snapshot: dict[str, Any]) -> Iterator[Figure]:
    """At most five large numbers, each with its formula and its table."""
    facts, totals = snapshot["facts"], snapshot["money"]["totals"]
    if snapshot["scope"] != Scope.PROJECT:
        formula = _("Projects with an award or a recognition, of %(received)s applications received.")
        yield Figure(_("projects funded"), number(facts["funded"]),
                     _("of %(received)s") % {"received": number(facts["received"])},
                     formula % {"received": number(facts["received"])}, "projects")  # fmt: skip
        yield Figure(_("municipalities reached"), number(facts["municipalities"]),
                     _("of %(all)s") % {"all": number(facts["municipalities_of"])},
                     _("Different municipalities in which the libraries of these projects stand."),
                     "projects")  # fmt: skip
    if facts["gives_money"]:
        yield Figure(_("paid out"), euro(totals["paid"]), "",
                     _("Payments − returns in the ledger, up to the moment of the data."), "money")  # fmt: skip
        yield _spent_figure(snapshot)
    groups = snapshot["indicators"]
    if groups:
        reached = [group for group in groups if is_reached(group)]
        yield Figure(_("targets reached"), number(len(reached)), _("of %(all)s") % {"all": number(len(groups))},
                     _("Indicators whose figure is at or past the target. %(coverage)s")
                     % {"coverage": reporting_projects(groups)}, "indicators")  # fmt: skip


def _spent_figure(snapshot: dict[str, Any]) -> Figure:
    """Grant money spent beside the grant paid out, own money apart; older reports kept only both together."""
    totals, rows = snapshot["money"]["totals"], "spending" if snapshot["money"]["categories"] else "money"
    if "spent_grant" not in totals:
        formula = _("Sum of the costs in reports that were accepted, grant and own money together.")
        return Figure(_("spent, by accepted reports"), euro(totals["spent"]), "", formula, rows)
    return Figure(
        _("spent of the grants, by accepted reports"), euro(totals["spent_grant"]),
        _("and own money: %(own)s") % {"own": euro(totals["spent_own"])},
        _("Sum over the lines of the budgets of costs in accepted reports × grant ÷ (grant + own money), at most the "
          "grant of the line. The rest of the costs is own money."),
        rows,
    )  # fmt: skip


def is_reached(group: dict[str, Any]) -> bool:
    """Whether the figure of an indicator is at or past its target."""
    value, target = words.exact(group["value"]), words.exact(group["target"])
    if value is None or target is None:
        return False
    return value >= target if group["ascending"] else value <= target
