"""Decisions: proposed by one, confirmed by another, announced all together with money and letters."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.calls.models import Call
from grants.calls.services import commit_from_call
from grants.selection.completeness import doubts_about
from grants.selection.models import Decision, DecisionShare
from grants.selection.ranking import ranking_of
from grants.selection.services.letters import write_letters
from grants.selection.states import STEP_OF, DecisionOutcome
from workflows import clock
from workflows.exceptions import Blocked, Refused
from workflows.models import TransitionRecord
from workflows.services import perform
from workflows.services.log import locked_case


def propose_decisions(
    *, call: Call, by: Any, decisions: Sequence[Decision], despite_doubts: bool = False
) -> list[TransitionRecord]:
    """Put drafts forward, each with the score and the place of this day; all or none.

    Raises Blocked with every doubt (completeness.doubts_about), unless the person goes on despite them: then the
    doubts are kept in the log as the reason.
    """
    with clock.reading(), transaction.atomic():
        locked_case(call.case_id)
        table = ranking_of(call, by)
        rows = {row.project.pk: row for row in table.rows}
        doubts = doubts_about(call, decisions, rows, table.budget)
        if doubts and not despite_doubts:
            raise Blocked(doubts)
        note = " ".join(str(doubt) for doubt in doubts)
        return [
            perform(decision, "propose", by=by, note=note, **_facts(rows.get(decision.project_id)))
            for decision in decisions
        ]


def _facts(row: Any) -> dict[str, Any]:
    """The result and the place on which a proposal rests."""
    return {"score": row.outcome.score, "rank": row.place.rank} if row else {}


def confirm_decisions(
    *, call: Call, by: Any, decisions: Sequence[Decision], seen: str | None = None
) -> list[TransitionRecord]:
    """Agree to what somebody else proposed; all or none. Nobody confirms a proposal of their own.

    seen: the mark of the list that their page showed (`list_mark`); another list is refused.
    """
    _same_list(decisions, seen)
    with clock.reading(), transaction.atomic():
        locked_case(call.case_id)
        return [perform(decision, "confirm", by=by) for decision in decisions]


def take_back_decision(*, decision: Decision, by: Any, note: str) -> TransitionRecord:
    """Return a proposal to the draft, with the reason."""
    return perform(decision, "take_back", by=by, note=note)


def announce_decisions(
    *, call: Call, by: Any, decisions: Iterable[Decision], expected: int | None = None, seen: str | None = None
) -> list[TransitionRecord]:
    """Put confirmed decisions into force, all or none: projects move, money is committed, letters are queued.

    expected: the number that the person typed; another number of decisions is refused. seen: the mark of the list that
    their page showed (`list_mark`); another list is refused. Raises Blocked where money of the call's fundings does not
    suffice, Stale where somebody was faster.
    """
    chosen = sorted(decisions, key=lambda d: d.case_id)
    _same_list(chosen, seen)
    if expected is not None and expected != len(chosen):
        raise Refused(
            _("You typed %(typed)d, but %(count)d decisions would be announced. Look at the list again.")
            % {"typed": expected, "count": len(chosen)}
        )
    with clock.reading(), transaction.atomic():
        locked_case(call.case_id)
        for decision in chosen:
            locked_case(decision.case_id)
        return [_announce(call, decision, by) for decision in chosen]


def _same_list(decisions: Iterable[Decision], seen: str | None) -> None:
    if seen is not None and seen != list_mark(decisions):
        raise Refused(_("The list of decisions has changed since you opened the page. Look at it again."))


def list_mark(decisions: Iterable[Decision]) -> str:
    """A short mark of exactly these decisions as they stand: it changes when any is added, left out or changed."""
    return " ".join(sorted(f"{decision.pk}-{decision.version}" for decision in decisions))


def _announce(call: Call, decision: Decision, by: Any) -> TransitionRecord:
    record = perform(decision, "announce", by=by)
    project = decision.project
    project.refresh_from_db()
    data = {"amount": decision.amount} if decision.outcome == DecisionOutcome.AWARD else {}
    perform(project, STEP_OF[DecisionOutcome(decision.outcome)], by=by, **data)
    if decision.amount is not None:
        _commit(call, decision, by)
    write_letters(decision)
    return record


def _commit(call: Call, decision: Decision, by: Any) -> None:
    """Take the award from the fundings behind the call and keep how much came from which."""
    parts = commit_from_call(
        call=call, case=decision.case, amount=decision.amount or Decimal(0), by=by,
        key=f"decision-{decision.pk}-{decision.version}",
        note=_("Award of %(project)s") % {"project": decision.project.number},
    )  # fmt: skip
    DecisionShare.objects.bulk_create(
        DecisionShare(decision=decision, funding=funding, amount=amount) for funding, amount in parts
    )
