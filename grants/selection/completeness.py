"""What is still open before a decision can rest on the reviews: missing reviews, differences, doubled awards."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.calls.models import Call
from grants.projects.models import Project
from grants.selection.models import ConflictDeclaration, Decision, Evaluator
from grants.selection.scoring import Outcome
from grants.selection.selectors import commendations_of, winners_of
from grants.selection.states import KEPT_AWAY_STATES, DecisionOutcome, DecisionState
from workflows.formatting import euro, number
from workflows.obstacles import Obstacle

ALL_JURY = "all_jury"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about one application that a person should see before deciding: a code and a short sentence."""

    code: str
    message: str


class Wanted:
    """How many reviews the rules of a call want of each application; two queries where the whole jury reviews."""

    def __init__(self, call: Call) -> None:
        rules = call.terms.part("scoring") or {}
        self.rule = rules.get("evaluators_per_application")
        gap = rules.get("third_evaluator_if_difference_from")
        self.gap = None if gap is None else Decimal(str(gap))
        self.jury: frozenset[int] = frozenset()
        self.away: set[tuple[int, int]] = set()
        if self.rule == ALL_JURY:
            pool = Evaluator.objects.filter(call=call, left_at__isnull=True)
            self.jury = frozenset(pool.values_list("user_id", flat=True))
            kept = ConflictDeclaration.objects.filter(project__call=call, state__in=KEPT_AWAY_STATES)
            self.away = set(kept.values_list("project_id", "user_id"))

    def of(self, project: Project) -> int:
        """The number of reviews that this application should have; jurors with a conflict are not counted."""
        if self.rule == ALL_JURY:
            return sum(1 for person in self.jury if (project.pk, person) not in self.away)
        return int(self.rule or 1)

    def flags(self, project: Project, outcome: Outcome) -> tuple[Flag, ...]:
        """What is open for this application, by the rules of its call."""
        wanted, flags = self.of(project), []
        if outcome.reviews < wanted:
            missing = wanted - outcome.reviews
            text = ngettext("%(n)d review is missing", "%(n)d reviews are missing", missing) % {"n": missing}
            flags.append(Flag("reviews_missing", text))
        differ = self.gap is not None and outcome.spread >= self.gap
        if differ and self.rule != ALL_JURY and outcome.reviews <= wanted:
            text = _("the results differ by %(points)s points: a third evaluator is needed")
            flags.append(Flag("third_needed", text % {"points": number(outcome.spread)}))
        return tuple(flags)


def doubts_about(
    call: Call, decisions: Sequence[Decision], rows: Mapping[int, Any], budget: Decimal | None = None
) -> list[Obstacle]:
    """Why these decisions should not be put forward yet; whoever proposes may go on knowingly.

    rows: the rows of the ranked table by project; budget: what the call may still give, EUR. Open reviews and
    differences of each project, awards beyond the money, more awards for one applicant than the call allows, more
    winners or commendations than a nomination has, and a nomination left without a winner where the rules forbid it.
    """
    doubts = [
        Obstacle(flag.code, _("%(project)s: %(what)s.") % {"project": d.project.number, "what": flag.message},
                 d.project.get_absolute_url())
        for d in decisions for flag in (rows[d.project_id].flags if d.project_id in rows else ())
    ]  # fmt: skip
    return [
        *doubts, *_beyond_the_money(call, decisions, budget), *_too_many_awards(call, decisions),
        *_wrong_winners(call, decisions, rows),
    ]  # fmt: skip


def _on_their_way(call: Call, decisions: Sequence[Decision]) -> QuerySet[Decision]:
    """Awards of the call that are put forward or in force, beside these decisions."""
    known = Decision.objects.filter(project__call=call, outcome=DecisionOutcome.AWARD)
    return known.exclude(state=DecisionState.DRAFT).exclude(pk__in=[d.pk for d in decisions])


def _beyond_the_money(call: Call, decisions: Sequence[Decision], budget: Decimal | None) -> list[Obstacle]:
    if budget is None:
        return []
    others = _on_their_way(call, decisions).exclude(state=DecisionState.ANNOUNCED).values_list("amount", flat=True)
    mine = [d.amount for d in decisions if d.outcome == DecisionOutcome.AWARD]
    total = sum((amount or Decimal(0) for amount in (*others, *mine)), Decimal(0))
    if total <= budget:
        return []
    text = _("The awards together come to %(total)s; %(left)s is left to give.")
    return [Obstacle("beyond_the_money", text % {"total": euro(total), "left": euro(budget)})]


def _too_many_awards(call: Call, decisions: Sequence[Decision]) -> list[Obstacle]:
    most = call.terms.part("call", "money", "max_funded_per_applicant")
    if most is None:
        return []
    settled = _on_their_way(call, decisions).select_related("project__organisation")
    awarded = [*settled, *(d for d in decisions if d.outcome == DecisionOutcome.AWARD)]
    names = {d.project.organisation_id: d.project.organisation.name for d in awarded}
    counts = Counter(d.project.organisation_id for d in awarded)
    text = _("%(name)s would get %(count)d grants; the call allows %(most)d.")
    return [
        Obstacle("too_many_awards", text % {"name": names[key], "count": count, "most": most})
        for key, count in counts.items() if count > most
    ]  # fmt: skip


def _wrong_winners(call: Call, decisions: Sequence[Decision], rows: Mapping[int, Any]) -> list[Obstacle]:
    per_nomination, commendations = winners_of(call), commendations_of(call)
    if per_nomination is None:
        return []
    may_be_empty = bool(call.terms.part("decision", "may_leave_nomination_unawarded"))
    outcomes: dict[Any, list[str]] = {}
    chosen = {d.project_id: d.outcome for d in decisions}
    for key, row in rows.items():
        known = row.decision.outcome if row.decision else ""
        outcomes.setdefault(row.project.nomination, []).append(chosen.get(key, known))
    doubts = []
    for nomination, found in outcomes.items():
        winners = found.count(DecisionOutcome.RECOGNISE)
        if winners > per_nomination:
            text = _("“%(nomination)s” would have %(count)d winners; the call has %(most)d.")
            words = {"nomination": nomination, "count": winners, "most": per_nomination}
            doubts.append(Obstacle("too_many_winners", text % words))
        if (commended := found.count(DecisionOutcome.COMMEND)) > commendations:
            text = _("“%(nomination)s” would have %(count)d commendations; the call has at most %(most)d.")
            words = {"nomination": nomination, "count": commended, "most": commendations}
            doubts.append(Obstacle("too_many_commendations", text % words))
        if not winners and not may_be_empty and "" not in found:
            doubts.append(
                Obstacle("no_winner", _("“%(nomination)s” would have no winner.") % {"nomination": nomination})
            )
    return doubts
