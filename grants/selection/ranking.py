"""The ranked table of a call: official scores, the order, and the money line from the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.calls.models import Call
from grants.money.selectors import call_balance
from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.selection.completeness import Flag, Wanted
from grants.selection.line import AFTER, COMMENDED, TIE, Entry, Place, draw_line, partial_amount
from grants.selection.models import Decision, Review
from grants.selection.scoring import Outcome, Scale, outcome_of
from grants.selection.selectors import (
    commendations_of,
    method_of,
    projects_in_selection,
    scale_of,
    submitted_reviews,
    unwritten_by,
    winners_of,
)
from grants.selection.states import RANKED_STATES, DecisionOutcome, DecisionState


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the project, its reviews and official result, its place, and what is decided so far."""

    project: Project
    reviews: Sequence[Review]
    outcome: Outcome
    place: Place
    proposed: Decimal
    decision: Decision | None
    wanted: int = 1
    flags: tuple[Flag, ...] = ()

    @property
    def below_words(self) -> list[str]:
        """The names of the pass marks that it does not reach."""
        names = {c.key: c.label for c in self.project.call.criteria.all()} if self.outcome.below else {}
        return [names.get(key, _("total")) for key in self.outcome.below]

    @property
    def tie_words(self) -> str:
        """The name of the rule that parted it from its equals."""
        if self.place.tie_broken_by == "earlier_submission":
            return _("earlier submission")
        names = {c.key: c.label for c in self.project.call.criteria.all()}
        return names.get(self.place.tie_broken_by, self.place.tie_broken_by)

    @property
    def suggestion(self) -> str:
        """The outcome that the declared rules lead to."""
        if self.place.line == "fund":
            return DecisionOutcome.RECOGNISE if self.place.left is None else DecisionOutcome.AWARD
        if self.place.line == COMMENDED:
            return DecisionOutcome.COMMEND
        beyond = self.place.line in {AFTER, TIE}
        if beyond and self.place.left is not None and self.project.call.terms.has("reserve_list"):
            return DecisionOutcome.RESERVE
        return DecisionOutcome.DECLINE


@dataclass(slots=True)
class Ranking:
    """The table with its budget. `budget` is what the call may still give, from the ledger; None without money.

    unwritten: how many rows the reader gets only once they have submitted a review of their own.
    """

    call: Call
    rows: list[Row]
    scales: list[Scale]
    budget: Decimal | None
    total: Decimal | None
    committed: Decimal
    groups: list[tuple[Any, list[Row]]] = field(default_factory=list)
    unwritten: int = 0

    @property
    def lines(self) -> set[int]:
        """The projects before which the line of their group stands."""
        beyond = ([row for row in rows if row.place.line in {AFTER, TIE}] for _group, rows in self.groups)
        return {rows[0].project.pk for rows in beyond if rows}

    @property
    def asked(self) -> Decimal:
        """What all applications of the table ask for together, EUR."""
        return sum((row.project.requested_amount or Decimal(0) for row in self.rows), Decimal(0))

    @property
    def suggested(self) -> Decimal:
        """What the rows above the line would get together, EUR."""
        return sum((row.proposed for row in self.rows if row.place.line == "fund"), Decimal(0))


def ranking_of(call: Call, user: Any) -> Ranking:
    """The table as this person may see it, in a constant number of queries.

    The order and the line are reckoned from every application, also from those the person is kept away from, so that
    what they see is right; the rows themselves are left out (totals that remain are listed in docs/policy.md). So are
    those that the person has yet to review themselves: nobody reads others' points before giving their own.
    """
    blind = unwritten_by(user)
    seen = set(projects_in_selection(call, user).values_list("pk", flat=True))
    visible = seen - blind
    projects = list(_ranked_projects(call))
    reviews = submitted_reviews(projects)
    scales = [scale_of(criterion) for criterion in call.criteria.order_by("order")]
    decisions = {d.project_id: d for d in Decision.objects.filter(project__in=projects)}
    total = call_money(call)
    committed = case_committed(call) if total is not None else Decimal(0)
    budget = None if total is None else total - committed
    entries = [_entry(call, project, reviews[project.pk], scales) for project in projects]
    places = draw_line(
        entries, _breakers(call), budget=budget, winners=winners_of(call), commended=commendations_of(call),
        group=lambda e: e.facts["group"], settled=_settled(decisions),
    )  # fmt: skip
    by_key = {project.pk: project for project in projects}
    for project in projects:
        project.call = call  # one call with its criteria for all rows
        if project.pk in decisions:
            decisions[project.pk].project = project  # a decision names its outcome by the call's terms
    wanted = Wanted(call)
    rows = [
        _row(by_key[place.entry.key], place, reviews[place.entry.key], decisions.get(place.entry.key), wanted)
        for place in places
        if place.entry.key in visible
    ]
    return Ranking(call, rows, scales, budget, total, committed, _grouped(call, rows), len(seen & blind))


def _row(
    project: Project, place: Place, reviews: Sequence[Review], decision: Decision | None, wanted: Wanted
) -> Row:  # fmt: skip
    outcome = place.entry.outcome
    flags = wanted.flags(project, outcome) if project.state == ProjectState.SELECTION else ()
    if place.line == TIE:
        text = _("it shares its place, and the line runs between equals: people choose")
        flags = (*flags, Flag("tie_at_line", text))
    return Row(project, reviews, outcome, place, place.entry.amount, decision, wanted.of(project), flags)


def _ranked_projects(call: Call) -> Sequence[Project]:
    ranked = Project.objects.filter(call=call, state__in=RANKED_STATES)
    return list(ranked.select_related("organisation__municipality", "nomination", "case").order_by("number"))


def _entry(call: Call, project: Project, reviews: Sequence[Review], scales: Sequence[Scale]) -> Entry:
    scored: list[dict[str, Any]] = [
        {score.criterion.key: score.value for score in review.scores.all()} for review in reviews
    ]
    outcome = outcome_of(scored, scales, method_of(call))
    facts = {"earlier_submission": project.submitted_at, "group": project.nomination_id}
    return Entry(project.pk, outcome, proposed_amount(call, project, reviews), facts)


def proposed_amount(call: Call, project: Project, reviews: Sequence[Review]) -> Decimal:
    """What the rules propose to give this project, EUR: the mean of recommended sums within the call's limits."""
    asked = project.requested_amount or Decimal(0)
    recommended = [r.recommended_amount for r in reviews if r.recommended_amount is not None]
    if not call.terms.part("decision", "partial_funding"):
        return asked
    cut, least = call.terms.part("decision", "max_cut_percent"), call.terms.part("decision", "min_grant_after_cut")
    return partial_amount(
        asked,
        recommended,
        max_cut_percent=None if cut is None else Decimal(str(cut)),
        least=None if least is None else Decimal(str(least)),
    )


def call_money(call: Call) -> Decimal | None:
    """What the call has to give, EUR: the fundings behind it, else the sum its rules name; None without money."""
    if not call.terms.grants_money:
        return None
    behind = sum((funding.amount for funding in call.fundings.all()), Decimal(0))
    return behind or call.terms.total


def case_committed(call: Call) -> Decimal:
    """What the ledger says is committed under the call, EUR."""
    return call_balance(call.case).committed


def _settled(decisions: Mapping[int, Decision]) -> dict[int, bool]:
    """The projects whose decision is in force, with whether they won or were commended."""
    places = {DecisionOutcome.RECOGNISE, DecisionOutcome.COMMEND}
    announced = {key: found for key, found in decisions.items() if found.state == DecisionState.ANNOUNCED}
    return {key: found.outcome in places for key, found in announced.items()}


def _breakers(call: Call) -> list[str]:
    return list(call.terms.part("scoring", "tie_breakers") or [])


def _grouped(call: Call, rows: list[Row]) -> list[tuple[Any, list[Row]]]:
    """The rows by nomination, where the call ranks within nominations; else one group without a name."""
    if call.terms.part("scoring", "rank_within") != "nomination":
        return [(None, rows)]
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.project.nomination, []).append(row)
    return sorted(groups.items(), key=lambda pair: str(pair[0]))
