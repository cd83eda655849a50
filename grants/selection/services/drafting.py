"""Drafts of decisions: written row by row beside the ranking, by several people perhaps; nobody overwrites unseen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.calls.models import Call
from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.selection.guards import project_awaits_decision
from grants.selection.models import Decision
from grants.selection.permissions import can_propose
from grants.selection.states import DecisionOutcome, DecisionState
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.services import begin, perform, reread
from workflows.services.log import locked_case


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page of drafts. seen: the mark of what that page showed as saved (`draft_mark`), or nothing."""

    project: Project
    outcome: str
    amount: Decimal | None = None
    reason: str = ""
    seen: str = ""


class BadRows(Refused):
    """Some rows cannot be saved, and therefore none is: `rows` has the refusal of each by project."""

    def __init__(self, rows: Mapping[int, Refused]) -> None:
        self.rows = rows
        super().__init__(" ".join(str(refusal) for refusal in rows.values()))


class NotADraft(Refused):
    """The decision has been proposed, or more, and must be taken back before it is changed."""

    def __init__(self, project: Project) -> None:
        text = _("The decision on %(project)s is not a draft any more. Take it back first.")
        super().__init__(text % {"project": project.number})


class Changed(Refused):
    """Somebody saved another draft meanwhile: `decision` as it stands now."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        words = {"project": decision.project.number, "outcome": str(decision.outcome_label)}
        super().__init__(
            _(
                "%(project)s: somebody has changed this draft since you opened the page. It now says: %(outcome)s. "
                "What you typed is still here; save again to keep it."
            )
            % words
        )


def draft_mark(decision: Decision | None) -> str:
    """A short mark of a draft as it is saved; `new` where there is none."""
    if decision is None or decision.pk is None:
        return "new"
    content = f"{decision.version} {decision.outcome} {decision.amount} {decision.reason}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def draft_decisions(*, call: Call, by: Any, rows: Sequence[Row]) -> list[Decision]:
    """Save the drafts of a page, all or none. Raises BadRows with what stands in the way of each."""
    found, bad = [], {}
    with clock.reading(), transaction.atomic():
        locked_case(call.case_id)
        for row in rows:
            try:
                found.append(_draft(row, by))
            except (Blocked, Changed, NotADraft) as refusal:
                bad[row.project.pk] = refusal
        if bad:
            raise BadRows(bad)
    return found


def draft_decision(
    *, project: Project, outcome: str, by: Any, amount: Decimal | None = None, reason: str = ""
) -> Decision:
    """Write down what is meant to be decided; changeable until proposed. amount in EUR, for awards only.

    Raises NotPermitted, Blocked for an award without a sum or a project that waits for no decision, NotADraft where the
    decision is no draft any more.
    """
    return _draft(Row(project, outcome, amount, reason), by)


def _draft(row: Row, by: Any) -> Decision:
    project, amount = row.project, row.amount if row.outcome == DecisionOutcome.AWARD else None
    with clock.reading(), transaction.atomic():
        reread(project)
        decision = Decision.objects.filter(project=project).first()
        if decision is None:
            decision = Decision(
                case=project.case, project=project, outcome=row.outcome, amount=amount, reason=row.reason
            )  # fmt: skip
            _check_draft(decision, by)
            return begin(decision, by=by)  # type: ignore[return-value]
        if decision.state == DecisionState.ANNOUNCED and project.state == ProjectState.RESERVE:
            perform(decision, "decide_anew", by=by, note=row.reason or _("Money came free."))
        if decision.state != DecisionState.DRAFT:
            raise NotADraft(project)
        typed, saved = (row.outcome, amount, row.reason), (decision.outcome, decision.amount, decision.reason)
        if row.seen not in {"", draft_mark(decision)} and typed != saved:
            raise Changed(decision)
        decision.outcome, decision.amount, decision.reason = typed
        _check_draft(decision, by)
        decision.save(update_fields=["outcome", "amount", "reason"])
    return decision


def _check_draft(decision: Decision, by: Any) -> None:
    if not can_propose(by, decision):
        raise NotPermitted
    if decision.outcome == DecisionOutcome.AWARD and (decision.amount is None or decision.amount <= 0):
        text = _("%(project)s: name the sum of the award.") % {"project": decision.project.number}
        raise Blocked([Obstacle("amount_missing", text)])
    if waits := project_awaits_decision(decision, Move("draft", by, clock.now())):
        raise Blocked([waits])
