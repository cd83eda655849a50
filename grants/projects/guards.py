"""Conditions of a project's steps that need nothing but the project and its call."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.calls.states import CallState
from grants.calls.zones import day_ends
from grants.projects.states import REOPEN_DAYS
from workflows.moves import Move
from workflows.obstacles import Obstacle

RECEIVING = frozenset({CallState.SCHEDULED, CallState.OPEN, CallState.CLOSED})
"""States in which the clock alone decides: the task that opens and closes a call may be a minute late."""

RECEIVING_INVITED = RECEIVING | {CallState.DECIDING, CallState.DECIDED}
"""States in which a project with a deadline of its own can still be submitted."""


def call_takes_it_now(project: Any, move: Move) -> Obstacle | None:
    """On time means: this request reached us before the project's deadline, whatever the call's state says by now."""
    call = project.call
    if call.state == CallState.SUSPENDED:
        return Obstacle("call_suspended", _("The call is suspended for now."), call.get_absolute_url())
    if call.state not in (RECEIVING if project.submit_until is None else RECEIVING_INVITED):
        return Obstacle("call_closed", _("The call does not take applications."), call.get_absolute_url())
    if call.opens_at > move.now:
        return Obstacle("call_not_open", _("The call has not opened yet."), call.get_absolute_url())
    if project.deadline_at <= move.now:
        return Obstacle("too_late", _("The deadline for applications has passed."), call.get_absolute_url())
    return None


def within_limit_of_applicant(project: Any, move: Move) -> Obstacle | None:
    """An applicant submits no more applications than the call allows."""
    limit = project.call.terms.max_per_applicant
    if limit is None or project.submitted_siblings[0] < limit:
        return None
    return Obstacle("too_many", _("Your organisation has submitted as many applications as the call allows."))


def within_limit_of_category(project: Any, move: Move) -> Obstacle | None:
    """An applicant submits no more entries in one category than the call allows."""
    limit = project.call.terms.max_per_category
    if limit is None or project.nomination is None or project.submitted_siblings[1] < limit:
        return None
    message = _("Your organisation has submitted as many entries in this category as the call allows.")
    return Obstacle("too_many_in_category", message)


def applicant_kind_fits(project: Any, move: Move) -> Obstacle | None:
    """Only the kinds of organisation that the call names may apply."""
    kinds = project.call.terms.applicant_kinds
    if not kinds or project.organisation.kind in kinds:
        return None
    return Obstacle("wrong_kind", _("Organisations of your kind cannot apply to this call."))


def not_held(project: Any, move: Move) -> Obstacle | None:
    """A project whose clock is stopped goes no further until it is resumed."""
    return Obstacle("on_hold", _("The project is on hold. Resume it first.")) if project.held_since else None


def held(project: Any, move: Move) -> Obstacle | None:
    """Only a project on hold can be resumed."""
    return None if project.held_since else Obstacle("not_on_hold", _("The project is not on hold."))


def allocation_allowed(project: Any, move: Move) -> Obstacle | None:
    """Money without a competition only where the call's rules say so."""
    if project.call.terms.has("allocation"):
        return None
    return Obstacle("competition", _("This call is a competition: projects are chosen in it, not allocated."))


def full_proposals_asked(project: Any, move: Move) -> Obstacle | None:
    """A second, full proposal only in a call with two stages."""
    if project.call.terms.has("two_stages"):
        return None
    return Obstacle("one_stage", _("This call has one stage: the application is the full proposal."))


def new_deadline_given(project: Any, move: Move) -> Obstacle | None:
    """Who is invited to write more is told until when."""
    until = move.data.get("submit_until")
    if move.asking or (until is not None and until > move.now):
        return None
    return Obstacle("no_deadline", _("Give a deadline that lies ahead."))


def call_has_implementation(project: Any, move: Move) -> Obstacle | None:
    """An award of money needs a call that gives some."""
    if project.call.terms.has_implementation:
        return None
    return Obstacle("nothing_to_award", _("This call gives no money: its winners are recognised."))


def call_has_no_implementation(project: Any, move: Move) -> Obstacle | None:
    """A recognition ends the way of a contest, which has nothing to implement."""
    if not project.call.terms.has_implementation:
        return None
    return Obstacle("award_instead", _("This call gives money: its winners are awarded a sum."))


def amount_given(project: Any, move: Move) -> Obstacle | None:
    """An award says how much: a sum above nothing."""
    amount = move.data.get("amount")
    if move.asking or (isinstance(amount, Decimal) and amount > 0):
        return None
    return Obstacle("no_amount", _("Give the amount of the award."))


def reserve_list_kept(project: Any, move: Move) -> Obstacle | None:
    """A reserve list only where the call's rules have one."""
    if project.call.terms.has("reserve_list"):
        return None
    return Obstacle("no_reserve_list", _("This call has no reserve list."))


def came_from_implementation(project: Any, move: Move) -> Obstacle | None:
    """Only what was implemented can go back to implementation."""
    if project.awarded_amount is not None:
        return None
    return Obstacle("nothing_implemented", _("A recognised entry has no implementation to go back to."))


def within_reopening_time(project: Any, move: Move) -> Obstacle | None:
    """A closed project may be opened again for thirty days."""
    if project.ended_at is not None and move.now <= project.ended_at + timedelta(days=REOPEN_DAYS):
        return None
    return Obstacle("reopening_over", _("The project was closed more than 30 days ago."))


def reserve_time_is_over(project: Any, move: Move) -> Obstacle | None:
    """A reserve ends with the day that the call's rules name; where they name none, at any time."""
    until = project.call.terms.reserve_valid_until
    if until is None or day_ends(until, project.call.time_zone) <= move.now:
        return None
    return Obstacle("reserve_runs", _("The reserve list is still valid."))
