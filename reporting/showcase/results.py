"""The results of a call, as far as its rules publish them; refused applications are counted, never named."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.calls import sentences
from grants.calls.models import Call
from grants.projects.models import Project
from grants.projects.states import WITH_AWARD, ProjectState
from grants.selection.models import Decision
from grants.selection.states import DecisionState
from reporting.showcase.permissions import published_of
from reporting.showcase.project_page import status_of, title_of
from reporting.showcase.selectors import funded_projects
from reporting.tables import Cell, Column, Table
from workflows.formatting import DASH, amount, date_long, euro, number, percent

ZERO = Decimal(0)
S = ProjectState


@dataclass(frozen=True, slots=True)
class Counts:
    """Applications received and what became of them; only decisions that are announced count."""

    received: int
    funded: int
    reserve: int
    declined: int
    asked: Decimal
    awarded: Decimal


def counts_of(call: Call) -> Counts:
    """One query. What was taken back by its applicant before the end is among the received no more."""
    own = Project.objects.filter(call=call, case__is_test=False)
    received = Q(submitted_at__isnull=False) & ~Q(state=S.WITHDRAWN)
    sums = own.aggregate(
        received=Count("pk", filter=received), funded=Count("pk", filter=Q(state__in=WITH_AWARD)),
        reserve=Count("pk", filter=Q(state=S.RESERVE)), declined=Count("pk", filter=Q(state=S.DECLINED)),
        asked=Sum("requested_amount", filter=received), awarded=Sum("awarded_amount", filter=Q(state__in=WITH_AWARD)),
    )  # fmt: skip
    return Counts(
        sums["received"], sums["funded"], sums["reserve"], sums["declined"], sums["asked"] or ZERO,
        sums["awarded"] or ZERO,
    )  # fmt: skip


def figures(call: Call, counts: Counts) -> list[dict[str, str]]:
    """At most four large numbers."""
    found = [{"value": number(counts.funded), "label": _("funded"),
              "unit": _("of %(received)s") % {"received": number(counts.received)}}]  # fmt: skip
    if call.terms.grants_money:
        found.append({"value": euro(counts.awarded), "label": _("awarded")})
        if "requested" in published_of(call):
            found.append({"value": euro(counts.asked), "label": _("asked for by all")})
    if counts.reserve:
        found.append({"value": number(counts.reserve), "label": _("on the reserve list")})
    return found


def ranked(call: Call) -> QuerySet[Project]:
    """The funded projects of the call from the first place on, with what the table names."""
    return (
        funded_projects()
        .filter(call=call)
        .select_related("call", "organisation__municipality", "nomination", "decision")
        .order_by(F("nomination__key").asc(nulls_first=True), F("decision__rank").asc(nulls_last=True), "number")
    )


def table_of(call: Call, projects: list[Project]) -> Table:
    """The table in the columns that the call's rules publish."""
    published = published_of(call)
    with_score = "score" in published and call.terms.part("decision", "publish_scores") is not False
    columns = [
        Column(_("Project") if "title" in published else _("Nomination")),
        Column(_("Library")),
        Column(_("Municipality")),
    ]
    if with_score:
        columns += [Column(_("Place"), True), Column(_("Points"), True)]
    if "requested" in published:
        columns.append(Column(_("Requested, EUR"), True))
    if call.terms.grants_money:
        columns.append(Column(_("Awarded, EUR"), True))
    columns.append(Column(_("Status")))
    rows = [_row(project, call, published, with_score) for project in projects]
    return Table("results", _("Funded projects"), columns, rows)


def _row(project: Project, call: Call, published: frozenset[str], with_score: bool) -> list[Cell]:
    library = project.organisation
    cells = [
        Cell(title_of(project), reverse("showcase:project", args=[project.number])), Cell(library.name),
        Cell(library.municipality.name_lt if library.municipality else DASH),
    ]  # fmt: skip
    if with_score:
        decision = _announced(project)
        rank, score = (decision.rank, decision.score) if decision else (None, None)
        cells += [Cell(DASH if rank is None else number(rank), raw=rank if rank is not None else ""),
                  Cell(number(score, 2), raw=score if score is not None else "")]  # fmt: skip
    if "requested" in published:
        cells.append(_sum(project.requested_amount))
    if call.terms.grants_money:
        cells.append(_sum(project.awarded_amount))
    return [*cells, Cell(str(status_of(project)))]


def _announced(project: Project) -> Decision | None:
    decision: Decision | None = getattr(project, "decision", None)
    return decision if decision is not None and decision.state == DecisionState.ANNOUNCED else None


def _sum(value: Decimal | None) -> Cell:
    return Cell(amount(value), raw="" if value is None else value)


def page_of(call: Call) -> dict[str, Any]:
    """Everything that the page of a call's results shows, in a constant number of queries."""
    counts = counts_of(call)
    return {
        "call": call, "figures": figures(call, counts), "table": table_of(call, list(ranked(call))),
        "sentences": list(_sentences(call, counts)), "judging": sentences.how_it_is_judged(call),
        "deciding": sentences.how_it_is_decided(call),
    }  # fmt: skip


def money_behind(call: Call) -> Decimal:
    """EUR behind a call by now; more than its rules announced where money came later."""
    return call.fundings.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _sentences(call: Call, counts: Counts) -> list[str]:
    """The results in words, so that every figure can be asked."""
    found = []
    if counts.received:
        share = {"share": percent(round(Decimal(100) * counts.funded / counts.received)), "n": number(counts.received)}
        found.append(_("Funded: %(share)s of %(n)s applications received and not taken back.") % share)
    if counts.reserve:
        until = call.terms.reserve_valid_until
        words = _("On the reserve list: %(n)s.") % {"n": number(counts.reserve)}
        if until:
            words = _("On the reserve list until %(day)s: %(n)s.") % {
                "n": number(counts.reserve),
                "day": date_long(until),
            }
        found.append(words)
    if counts.declined:
        found.append(
            _("Declined: %(n)s. Applications that were not funded are not named.") % {"n": number(counts.declined)}
        )
    if call.terms.total:
        given = {"awarded": euro(counts.awarded), "total": euro(max(call.terms.total, money_behind(call)))}
        found.append(_("Of %(total)s of the call, %(awarded)s is awarded.") % given)
    return found
