"""What the pages of a call show, gathered in few queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from grants.calls import guards, sentences
from grants.calls.models import Call, CallDate
from grants.calls.selectors import public_calls
from grants.calls.states import CURRENT_STATES, PAST_STATES, UPCOMING_STATES, CallState, DateKey
from grants.questionnaires.display import blank_form
from workflows import clock
from workflows.formatting import date_long, moment_text
from workflows.moves import Move
from workflows.registry import contributions, machine_of
from workflows.text import current_language

ACTIONS = "calls.actions"
"""Place for functions action(call, user) -> {"label", "url"} | None of later rooms: what a reader can begin here."""

PANELS = "calls.panels"
"""Place for panels of later rooms on the working page of a call; see workflows.panels.Panel."""

TRACKED = frozenset({DateKey.EVALUATION_UNTIL, DateKey.DECISION_BY})
"""Dates whose coming the product sees, so that it says when it is late itself."""

SHOWN = {
    "open": Q(state__in=sorted(CURRENT_STATES)),
    "upcoming": Q(state__in=sorted(UPCOMING_STATES)),
    "past": Q(state__in=[*sorted(PAST_STATES), CallState.CANCELLED]),
}
"""The three parts of the public list."""


@dataclass(frozen=True)
class DateEvent:
    """A date as the timeline component shows it."""

    at: date | datetime
    title: Any
    note: str
    state: str
    zone: str
    url: str = ""


def public_list(show: str) -> QuerySet[Call]:
    """One part of the public list: what closes next first, what is past newest first."""
    order = "-closes_at" if show == "past" else "closes_at"
    return public_calls().filter(SHOWN[show]).select_related("programme").order_by(order, "code")


def for_reading(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Calls with all that the public page of one shows."""
    return calls.select_related("programme", "questionnaire").prefetch_related(
        "criteria", "budget_categories", "indicators", "nominations", "dates"
    )


def for_work(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Calls with all that the working page of one shows."""
    return calls.select_related("programme", "questionnaire").prefetch_related(
        "criteria", "dates", "fundings__funding__source"
    )


def public_status(call: Call) -> Any:
    """Where the call stands, in the words for everybody."""
    state = machine_of(Call).state(call.state)
    return state.public or state.label


def status_kind(call: Call) -> str:
    """The colour of the status: green while something can be done, a warning where the call is stopped."""
    kinds = {CallState.OPEN: "ok", CallState.SUSPENDED: "warn", CallState.CANCELLED: "warn"}
    return kinds.get(CallState(call.state), "")


def public_page(call: Call, user: Any) -> dict[str, Any]:
    """Everything that the public page shows."""
    given = [action(call, user) for action in contributions(ACTIONS)]
    return {
        "call": call,
        "terms": call.terms,
        "status": public_status(call),
        "status_kind": status_kind(call),
        "actions": [action for action in given if action],
        "who": sentences.who_may_apply(call),
        "judging": sentences.how_it_is_judged(call),
        "deciding": sentences.how_it_is_decided(call),
        "payments": sentences.payments(call),
        "reports": sentences.reports(call),
        "sections": blank_form(call.questionnaire.definition, current_language()),
        "events": timeline(call),
        "nominations": nominations_by_category(call),
    }


def nominations_by_category(call: Call) -> list[tuple[Any, list[Any]]]:
    """The nominations under the names of their categories."""
    groups: dict[str, tuple[Any, list[Any]]] = {}
    for nomination in call.nominations.all():
        groups.setdefault(nomination.category_key, (nomination.category_label, []))[1].append(nomination)
    return list(groups.values())


def timeline(call: Call) -> list[DateEvent]:
    """The timetable: what has come, what is next, what is late, and what was promised first."""
    now, events, next_found = clock.now(), [], False
    for one in call.dates.all():
        state = _state(one, now)
        if not state and not next_found:
            state, next_found = "now", True
        at = one.day if one.whole_day else one.planned_at
        events.append(DateEvent(at, one.label, _note(one), state, call.time_zone))
    return events


def _state(one: CallDate, now: datetime) -> str:
    if one.actual_at is not None:
        return "done"
    if one.ends_at > now:
        return ""
    return "late" if one.key in TRACKED else "done"


def _note(one: CallDate) -> str:
    if not one.moved:
        return ""
    words = date_long(one.first_day) if one.whole_day else moment_text(one.first_planned_at, one.call.time_zone)
    return _("First planned for %(date)s.") % {"date": words}


@dataclass(frozen=True)
class PreflightLine:
    """One line of the list before scheduling, as the checks component shows it."""

    ok: bool
    message: Any
    url: str = ""
    note: Any = ""


def preflight(call: Call, user: Any) -> list[PreflightLine]:
    """The list that must be clear before a call is scheduled, each line with what is wrong and where to mend it."""
    move = Move("schedule", user, clock.now(), asking=True)
    lines = []
    for guard, words in guards.PREFLIGHT:
        obstacle = guard(call, move)
        mended_at, why = (obstacle.url, obstacle.message) if obstacle else ("", "")
        lines.append(PreflightLine(obstacle is None, words, mended_at, why))
    return lines


def refusal_into(form: Any, refusal: Any) -> None:
    """Put what stands in the way on top of a form, so that everything typed stays."""
    form.add_error(None, ValidationError([str(obstacle) for obstacle in refusal.obstacles]))
