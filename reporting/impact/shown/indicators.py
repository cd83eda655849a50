"""The indicators of a report: tables, bars and what must be said about them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.calls.states import IndicatorType
from grants.evaluation.states import Measure, OverProjects
from grants.evaluation.statistics import FEW, TOO_FEW
from reporting.impact.shown import words
from reporting.impact.shown.parts import Section
from reporting.pictures import Picture
from reporting.pictures.kinds.indicators import Measured, indicators_picture
from reporting.tables import Cell, Column, Table
from workflows.formatting import number
from workflows.text import localized


def indicator_section(snapshot: dict[str, Any]) -> Section | None:
    """Baseline, target and endline of every indicator; nothing where nobody was asked for any."""
    groups = snapshot["indicators"]
    if not groups:
        return None
    single = snapshot["scope"] == "project"
    tables = [_project_table(groups)] if single else [_together(groups), *_of_projects(groups)]
    return Section("indicators", _("What changed: from the baseline to the target"), pictures=_pictures(groups),
                   tables=tables, notes=_notes(groups))  # fmt: skip


def _heads(*more: Column) -> list[Column]:
    return [Column(_("Baseline"), True), Column(_("Target"), True), Column(_("Reached"), True),
            Column(_("Achieved, %"), True), *more]  # fmt: skip


def _values(row: dict[str, Any], measure: str) -> list[Cell]:
    return [
        words.baseline(row, measure),
        words.measured(row, measure, "target"),
        words.measured(row, measure),
        words.achieved(row),
    ]


def _project_table(groups: list[dict[str, Any]]) -> Table:
    """One project: each indicator is a row, with how and when it was measured."""
    rows = []
    for group in groups:
        row = group["rows"][0]
        name = Cell(words.name_and_unit(group), row["url"], group["key"])
        rows.append(
            [name, *_values(row, group["measure"]), Cell(words.day(row["measured_on"]), raw=row["measured_on"])]
        )
    columns = [Column(_("Indicator")), *_heads(Column(_("Measured on")))]
    return Table("indicators", _("Indicators of the project"), columns, rows)


def _together(groups: list[dict[str, Any]]) -> Table:
    """Many projects: each indicator is a row, with its rule and how many projects are in it."""
    rows = [
        [
            Cell(words.name_and_unit(group), f"#table-{name}", group["key"]),
            *_values(group, group["measure"]),
            Cell(words.coverage(group), raw=f"{group['reported']}/{group['asked']}"),
            Cell(str(OverProjects(group["rule"]).label), raw=group["rule"]),
        ]
        for name, group in zip(table_names(groups), groups, strict=True)
    ]
    columns = [Column(_("Indicator")), *_heads(Column(_("Projects")), Column(_("Rule")))]
    note = _("Baseline and target are those of the projects that reported, put together by the same rule.")
    return Table("indicators", _("Indicators of all projects"), columns, rows, note)


def table_names(groups: list[dict[str, Any]]) -> list[str]:
    """The addresses of the tables with the rows of each indicator; a number tells apart what has one key."""
    names: list[str] = []
    for group in groups:
        plain = f"indicator-{group['key']}-{group['measure']}".replace("_", "-").lower()
        alike = sum(name == plain or name.startswith(f"{plain}-no") for name in names)
        names.append(f"{plain}-no{alike + 1}" if alike else plain)
    return names


def _of_projects(groups: list[dict[str, Any]]) -> Iterator[Table]:
    columns = [Column(_("Project")), *_heads(Column(_("Measured on")))]
    for name, group in zip(table_names(groups), groups, strict=True):
        rows = [
            [Cell(row["project"], row["url"], row["project"]), *_values(row, group["measure"]),
             Cell(words.day(row["measured_on"]), raw=row["measured_on"])]
            for row in group["rows"]
        ]  # fmt: skip
        yield Table(name, words.name_and_unit(group), columns, rows)


def _pictures(groups: list[dict[str, Any]]) -> list[Picture]:
    """One picture of every indicator that has something to show."""
    rows = [_drawn(group) for group in groups]
    if all(row.value is None and row.target is None for row in rows):
        return []
    return [indicators_picture(rows)]


def _drawn(group: dict[str, Any]) -> Measured:
    """The figure of an indicator with its baseline, its target and its interval; of one project with the reason too."""
    values = [words.exact(group[name]) for name in ("baseline", "target", "value")]
    before, target, value = (None if one is None else float(one) for one in values)
    low, high = group["interval"] or (None, None)
    only = group["rows"][0] if len(group["rows"]) == 1 else {}
    texts = [words.measured(group, group["measure"], name).text for name in ("baseline", "target", "value")]
    return Measured(
        words.name_and_unit(group), before, target, value, (texts[0], texts[1], texts[2]), low, high,
        share=group["measure"] == Measure.PERCENTAGE, ascending=group["ascending"],
        why_none=words.words_for_no_baseline(only.get("no_baseline_because", "")) if before is None else "",
    )  # fmt: skip


def _notes(groups: list[dict[str, Any]]) -> list[str]:
    notes = [
        _("A change is a change, not an effect: there was no comparison group, and other things changed as well."),
        _("Only approved values count. Zero is a value; what was not measured is not zero."),
        _("Achieved = (reached − baseline) ÷ (target − baseline); left open where target and baseline are equal."),
    ]
    if any(group["interval"] or any(row["interval"] for row in group["rows"]) for group in groups):
        notes.append(
            _("In brackets: the 95 per cent interval of a share (Wilson), for answers drawn independently; "
              "people asked in the same library resemble each other, so the true interval is wider.")
        )  # fmt: skip
    if any(group["may_overlap"] for group in groups):
        notes.append(_("May overlap: the same person or partner can be counted by several projects."))
    if any(group["too_few"] or any(row["too_few"] for row in group["rows"]) for group in groups):
        notes.append(_("Shares and means of fewer than ten answers are not shown."))
    if any(_is_few(answers) for group in groups for answers in _answers(group)):
        notes.append(_("Shares and means of fewer than thirty answers are uncertain: read them as examples."))
    changes = [_change(group, row) for group in groups for row in group["rows"] if row["change"]]
    notes += changes
    kinds = {group["type"] for group in groups}
    if kinds == {IndicatorType.OUTPUT.value}:
        notes.append(_("All indicators count what was made; none of them says what changed for people."))
    if len(changes) > 1:
        notes.append(_("P values are not adjusted for the number of indicators."))
    return notes


def _answers(group: dict[str, Any]) -> Iterator[Decimal | None]:
    """The numbers of answers behind what is shown of an indicator."""
    if group["measure"] in (Measure.PERCENTAGE, Measure.MEAN):
        yield words.exact(group["denominator"])
        yield from (words.exact(row["answers"]) for row in group["rows"])


def _is_few(answers: Decimal | None) -> bool:
    return answers is not None and TOO_FEW <= answers < FEW


def _change(group: dict[str, Any], row: dict[str, Any]) -> str:
    """The change of a share between two surveys of different people."""
    change = row["change"]
    low, high = (number(round(change["interval"][end] * 100, 1)) for end in ("low", "high"))
    given = {
        "project": row["project"], "indicator": localized(group["label"]), "low": low, "high": high,
        "points": number(round(change["value"] * 100, 1)), "p": number(round(change["p"], 4), 4),
    }  # fmt: skip
    return _("%(project)s, %(indicator)s: changed by %(points)s points [%(low)s; %(high)s], p = %(p)s.") % given


def reporting_projects(groups: list[dict[str, Any]]) -> str:
    """How many projects handed in every endline they were asked for, in a sentence."""
    asked = {row["project"] for group in groups for row in group["rows"]}
    lacking = {row["project"] for group in groups for row in group["rows"] if not row["final"]}
    whole = len(asked) - len(lacking)
    sentence = ngettext(
        "%(n)s of %(asked)s projects has measured everything it promised.",
        "%(n)s of %(asked)s projects have measured everything they promised.",
        whole,
    )
    return sentence % {"n": number(whole), "asked": number(len(asked))}
