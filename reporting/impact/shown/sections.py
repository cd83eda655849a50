"""The sections of a report beside its indicators."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.implementation.states import MilestoneState
from grants.projects.states import ProjectState
from reporting.impact.shown import words
from reporting.impact.shown.parts import Section
from reporting.impact.states import Scope
from reporting.tables import Cell, Column, Table
from workflows.formatting import number
from workflows.text import localized


def projects_section(snapshot: dict[str, Any]) -> Section:
    """Which projects these are."""
    money = snapshot["money"]["projects"]
    gives_money = snapshot["facts"]["gives_money"]
    columns = [Column(_("Project")), Column(_("Title")), Column(_("Library")), Column(_("Municipality")),
               Column(_("State"))]  # fmt: skip
    if gives_money:
        columns += [Column(_("Awarded, EUR"), True), Column(_("Paid, EUR"), True)]
    rows = []
    for project in snapshot["projects"]:
        row = [
            Cell(project["number"], project["url"], project["number"]), words.words(project["title"]),
            words.words(project["organisation"]), words.words(project["municipality"]),
            Cell(str(ProjectState(project["state"]).label), raw=project["state"]),
        ]  # fmt: skip
        if gives_money:
            row += [words.euros(project["awarded"]), words.euros(money[str(project["id"])]["paid"])]
        rows.append(row)
    titles = {Scope.PROJECT: _("The project"), Scope.CALL: _("The projects of the call")}
    title = titles.get(snapshot["scope"], _("The projects of the programme"))
    paragraphs = [] if rows else [_("No project was funded or recognised yet.")]
    table = Table("projects", title, columns, rows)
    return Section("projects", title, paragraphs, tables=[table] if rows else [])


def money_section(snapshot: dict[str, Any]) -> Section | None:
    """What was promised, paid and spent; nothing where no money was given."""
    if not snapshot["facts"]["gives_money"]:
        return None
    tables = [_ledger_table(snapshot)]
    if snapshot["money"]["sources"]:
        tables.append(_source_table(snapshot))
    if snapshot["money"]["categories"]:
        tables.append(_spending_table(snapshot))
    notes = [
        _("Committed = commitments − decommitments; paid = payments − returns; both from the ledger, in euros."),
        _("Spent counts only costs in reports that were accepted."),
    ]
    return Section("money", _("Where the money went"), tables=tables, notes=notes)


def ledger_url(**narrowed: Any) -> str:
    """The page of the ledger, narrowed to the entries behind a figure."""
    return f"{reverse('money:ledger')}?{urlencode(narrowed)}"


def _source_url(snapshot: dict[str, Any], source: dict[str, Any]) -> str:
    """The entries of a source; older reports did not keep which one it was."""
    if "id" not in source:
        return ""
    if snapshot["scope"] == Scope.PROGRAMME:
        return ledger_url(source=source["id"])
    return ledger_url(source=source["id"], case=snapshot["facts"]["code"])


def _spending_url(snapshot: dict[str, Any]) -> str:
    """The page with the costs by line: that of the agreement, where the report is about one project."""
    if snapshot["scope"] != Scope.PROJECT or not snapshot["projects"]:
        return ""
    return reverse("implementation:agreement", args=[snapshot["projects"][0]["id"]])


def _ledger_table(snapshot: dict[str, Any]) -> Table:
    by_project = snapshot["money"]["projects"]
    apart = "spent_grant" in snapshot["money"]["totals"]  # older reports kept only both together
    names = ("committed", "paid", "returned", *(("spent_grant", "spent_own") if apart else ("spent",)))
    rows = [
        [Cell(project["number"], ledger_url(case=project["number"]), project["number"]),
         *(words.euros(by_project[str(project["id"])][name]) for name in names)]
        for project in snapshot["projects"]
    ]  # fmt: skip
    if len(rows) > 1:
        rows.append([Cell(_("Together")), *(words.euros(snapshot["money"]["totals"][name]) for name in names)])
    columns = [Column(_("Project")), Column(_("Committed, EUR"), True), Column(_("Paid, EUR"), True),
               Column(_("Returned, EUR"), True), *_spent_columns(apart)]  # fmt: skip
    return Table("money", _("Money by project"), columns, rows)


def _spent_columns(apart: bool) -> list[Column]:
    if not apart:
        return [Column(_("Spent with own money, EUR"), True)]
    return [Column(_("Spent of the grant, EUR"), True), Column(_("Own money spent, EUR"), True)]


def _source_table(snapshot: dict[str, Any]) -> Table:
    rows = [
        [Cell(localized(source["name"]), _source_url(snapshot, source), source["code"]),
         *(words.euros(source[name]) for name in ("committed", "paid", "returned"))]
        for source in snapshot["money"]["sources"]
    ]  # fmt: skip
    columns = [Column(_("Source")), Column(_("Committed, EUR"), True), Column(_("Paid, EUR"), True),
               Column(_("Returned, EUR"), True)]  # fmt: skip
    return Table("sources", _("Money by source"), columns, rows)


def _spending_table(snapshot: dict[str, Any]) -> Table:
    rows = [
        [Cell(f"{line['code']} {localized(line['label'])}", _spending_url(snapshot), line["code"]),
         *(words.euros(line[name]) for name in ("awarded", "own", "accepted"))]
        for line in snapshot["money"]["categories"]
    ]  # fmt: skip
    columns = [Column(_("Category")), Column(_("Grant, EUR"), True), Column(_("Own, EUR"), True),
               Column(_("Spent with own money, EUR"), True)]  # fmt: skip
    return Table("spending", _("Spending by category"), columns, rows)


def work_section(snapshot: dict[str, Any]) -> Section | None:
    """What was done, in the words of the accepted reports."""
    reports = snapshot["reports"]
    if not reports:
        return None
    columns = [Column(_("Project")), Column(_("Report")), Column(_("Period")), Column(_("What was done")),
               Column(_("What was hard"))]  # fmt: skip
    rows = [
        [
            Cell(report["project"], raw=report["project"]),
            words.words(report["title"], report["url"]),
            Cell(f"{words.day(report['period_start'])} – {words.day(report['period_end'])}"),
            words.words(report["done"]),
            words.words(report["difficulties"]),
        ]
        for report in reports
    ]
    return Section("work", _("What was done"), tables=[Table("work", _("Accepted reports"), columns, rows)])


def milestone_section(snapshot: dict[str, Any]) -> Section | None:
    """Which milestones were reached."""
    milestones = snapshot["milestones"]
    if not milestones:
        return None
    settled = sum(milestone["settled"] for milestone in milestones)
    sentence = _("%(settled)s of %(all)s milestones are settled.")
    columns = [Column(_("Milestone")), Column(_("Project")), Column(_("Due")), Column(_("State"))]
    rows = [
        [
            words.words(milestone["title"], milestone["url"]),
            Cell(milestone["project"], raw=milestone["project"]),
            Cell(words.day(milestone["due_on"]), raw=milestone["due_on"]),
            Cell(str(MilestoneState(milestone["state"]).label), raw=milestone["state"]),
        ]
        for milestone in milestones
    ]
    return Section(
        "milestones", _("Milestones"), [sentence % {"settled": number(settled), "all": number(len(milestones))}],
        tables=[Table("milestones", _("Milestones"), columns, rows)],
    )  # fmt: skip


def plan_section(snapshot: dict[str, Any]) -> Section | None:
    """Which part of the strategy this belongs to."""
    plan = snapshot["plan"]
    if plan is None:
        return None
    columns = [Column(_("Part of the plan")), Column(_("Text")), Column(_("Planned, EUR"), True)]
    rows = [
        [Cell(r["code"], plan["url"], r["code"]), words.words(r["text"]), words.euros(r["planned"])]
        for r in plan["rows"]
    ]
    note = _("Planned for the goal, the direction and the activity in all years of the plan; sources are not split.")
    return Section("plan", _("Part of the strategy"), [plan["title"]],
                   tables=[Table("plan", _("Part of the strategy"), columns, rows, note)])  # fmt: skip


def method_section(snapshot: dict[str, Any], as_of: str, digest: str) -> Section:
    """By which data and rules the report was made, so that it can be checked."""
    version = snapshot["version"]
    return Section("method", _("How this was made"), [
        _("Every figure was gathered as of %(moment)s and frozen. What happened later is in a later report.")
        % {"moment": as_of},
        _("Rules of the indicators: catalogue %(catalogue)s; last step in the log: %(step)s.")
        % {"catalogue": version["catalogue_sha256"][:12], "step": number(version["last_step"])},
        _("SHA-256 of the figures: %(digest)s") % {"digest": digest},
        _("Times are those of %(zone)s.") % {"zone": settings.TIME_ZONE},
    ])  # fmt: skip
