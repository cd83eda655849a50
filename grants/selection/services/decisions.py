"""Decisions: drafted, proposed by one, confirmed by another, announced all together with money and letters."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.calls.models import Call
from grants.money.selectors import balance_of, case_balance
from grants.money.services import commit
from grants.organisations.selectors import active_members
from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.selection.completeness import doubts_about
from grants.selection.models import Decision, DecisionShare
from grants.selection.permissions import can_propose
from grants.selection.ranking import ranking_of
from grants.selection.states import DecisionOutcome, DecisionState
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.models import TransitionRecord
from workflows.obstacles import Obstacle
from workflows.services import begin, perform
from workflows.services.log import locked_case
from workflows.services.messages import queue_message


def draft_decision(
    *, project: Project, outcome: str, by: Any, amount: Decimal | None = None, reason: str = ""
) -> Decision:
    """Write down what is meant to be decided; changeable until proposed. amount in EUR, for awards only.

    Raises NotPermitted, Blocked for an award without a sum, Refused where the decision is no draft any more.
    """
    amount = amount if outcome == DecisionOutcome.AWARD else None
    with clock.reading(), transaction.atomic():
        locked_case(project.case_id)
        decision = Decision.objects.filter(project=project).first()
        if decision is None:
            decision = Decision(case=project.case, project=project, outcome=outcome, amount=amount, reason=reason)
            _check_draft(decision, by)
            return begin(decision, by=by)  # type: ignore[return-value]
        if decision.state == DecisionState.ANNOUNCED and project.state == ProjectState.RESERVE:
            perform(decision, "decide_anew", by=by, note=reason or _("Money came free."))
        if decision.state != DecisionState.DRAFT:
            text = _("The decision on %(project)s is not a draft any more. Take it back first.")
            raise Refused(text % {"project": project.number})
        decision.outcome, decision.amount, decision.reason = outcome, amount, reason
        _check_draft(decision, by)
        decision.save(update_fields=["outcome", "amount", "reason"])
    return decision


def _check_draft(decision: Decision, by: Any) -> None:
    if not can_propose(by, decision):
        raise NotPermitted
    if decision.outcome == DecisionOutcome.AWARD and (decision.amount is None or decision.amount <= 0):
        text = _("%(project)s: name the sum of the award.") % {"project": decision.project.number}
        raise Blocked([Obstacle("amount_missing", text)])


def propose_decisions(
    *, call: Call, by: Any, decisions: Sequence[Decision], despite_doubts: bool = False
) -> list[TransitionRecord]:
    """Put drafts forward, each with the score and the place of this day; all or none.

    Raises Blocked with every doubt (completeness.doubts_about), unless the person goes on despite them: then the
    doubts are kept in the log as the reason.
    """
    with clock.reading(), transaction.atomic():
        locked_case(call.case_id)
        rows = {row.project.pk: row for row in ranking_of(call, by).rows}
        doubts = doubts_about(call, decisions, rows)
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


def confirm_decisions(*, call: Call, by: Any, decisions: Sequence[Decision]) -> list[TransitionRecord]:
    """Agree to what somebody else proposed; all or none. Nobody confirms a proposal of their own."""
    with clock.reading(), transaction.atomic():
        locked_case(call.case_id)
        return [perform(decision, "confirm", by=by) for decision in decisions]


def take_back_decision(*, decision: Decision, by: Any, note: str) -> TransitionRecord:
    """Return a proposal to the draft, with the reason."""
    return perform(decision, "take_back", by=by, note=note)


STEP = {
    DecisionOutcome.AWARD: "award",
    DecisionOutcome.RESERVE: "reserve",
    DecisionOutcome.DECLINE: "decline",
    DecisionOutcome.RECOGNISE: "recognise",
}


def announce_decisions(
    *, call: Call, by: Any, decisions: Iterable[Decision], expected: int | None = None, seen: str | None = None
) -> list[TransitionRecord]:
    """Put confirmed decisions into force, all or none: projects move, money is committed, letters are queued.

    expected: the number that the person typed; another number of decisions is refused. seen: the mark of the list that
    their page showed (`list_mark`); another list is refused. Raises Blocked where money of the call's fundings does not
    suffice, Stale where somebody was faster.
    """
    chosen = sorted(decisions, key=lambda d: d.case_id)
    if seen is not None and seen != list_mark(chosen):
        raise Refused(_("The list of decisions has changed since you opened the page. Look at it again."))
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


def list_mark(decisions: Iterable[Decision]) -> str:
    """A short mark of exactly these decisions as they stand: it changes when any is added, left out or changed."""
    return " ".join(sorted(f"{decision.pk}-{decision.version}" for decision in decisions))


def _announce(call: Call, decision: Decision, by: Any) -> TransitionRecord:
    record = perform(decision, "announce", by=by)
    project = decision.project
    project.refresh_from_db()
    data = {"amount": decision.amount} if decision.outcome == DecisionOutcome.AWARD else {}
    perform(project, STEP[DecisionOutcome(decision.outcome)], by=by, **data)
    if decision.amount is not None:
        _commit(call, decision, by)
    write_letters(decision, project)
    return record


def _commit(call: Call, decision: Decision, by: Any) -> None:
    """Take the award from the fundings behind the call, in their order, as far as each has money left for it."""
    left = decision.amount or Decimal(0)
    for behind in call.fundings.select_related("funding").order_by("pk"):
        used = case_balance(call.case, funding=behind.funding).reserved
        given = sum(
            (
                share.amount
                for share in DecisionShare.objects.filter(decision__project__call=call, funding=behind.funding)
            ),
            Decimal(0),
        )
        free = min(behind.amount - given, balance_of(behind.funding).available + used)
        part = min(left, max(free, Decimal(0)))
        if part > 0:
            DecisionShare.objects.create(decision=decision, funding=behind.funding, amount=part)
            commit(
                funding=behind.funding, case=decision.case, call_case=call.case, amount=part, by=by,
                key=f"decision-{decision.pk}-{decision.version}-{behind.funding_id}",
                note=_("Award of %(project)s") % {"project": decision.project.number},
            )  # fmt: skip
            left -= part
    if left > 0:
        text = _("%(project)s: EUR %(left)s of the award has no money behind it. Look at the fundings of the call.")
        raise Blocked([Obstacle("no_money", text % {"project": decision.project.number, "left": left})])


def letter_context(decision: Decision) -> dict[str, Any]:
    """What a decision letter is made of; the preview shows the same."""
    reviews = decision.project.reviews.filter(state="submitted").order_by("pk")
    comments = [review.comment_applicant for review in reviews if review.comment_applicant]
    return {"decision": decision, "project": decision.project, "call": decision.project.call, "comments": comments}


def write_letters(decision: Decision, project: Project) -> None:
    """Queue the letter to every member of the applicant's team; it leaves after the transaction."""
    context = letter_context(decision)
    for membership in active_members(project.organisation):
        queue_message(
            f"decision_{decision.outcome}",
            membership.user,
            case=project.case,
            context=context,
            dedupe=f"decision-{decision.pk}-{decision.version}-{membership.user_id}",
        )
