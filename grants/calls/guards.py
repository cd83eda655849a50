"""Conditions of a call's steps: each answers the obstacle, in words, with the way to mend it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.calls.rules import missing_texts
from grants.calls.timetable import out_of_order
from workflows.moves import Move
from workflows.obstacles import Obstacle


def dates_url(call: Any) -> str:
    """Where the dates of a call are moved."""
    return reverse("calls:dates", args=[call.code])


def opening_time_has_come(call: Any, move: Move) -> Obstacle | None:
    """A call opens at its opening time, not before."""
    if call.opens_at <= move.now:
        return None
    return Obstacle("too_early_to_open", _("The opening time has not come yet."), dates_url(call))


def closing_time_has_come(call: Any, move: Move) -> Obstacle | None:
    """A call closes at its closing time, not before."""
    if call.closes_at <= move.now:
        return None
    return Obstacle("too_early_to_close", _("The closing time has not come yet."), dates_url(call))


def closing_time_lies_ahead(call: Any, move: Move) -> Obstacle | None:
    """A call that is to take applications must not be past its closing time."""
    if call.closes_at > move.now:
        return None
    return Obstacle("deadline_passed", _("The closing time has passed. Move it first."), dates_url(call))


def extension_is_later(call: Any, move: Move) -> Obstacle | None:
    """An extension names a closing time that lies ahead and after the old one."""
    if move.asking:
        return None
    closes_at = move.data.get("closes_at")
    if closes_at is None:
        return Obstacle("no_new_deadline", _("Give the new closing time."), dates_url(call))
    if closes_at <= max(move.now, call.closes_at):
        message = _("The new closing time must lie ahead and after the old one.")
        return Obstacle("deadline_not_later", message, dates_url(call))
    return None


def form_is_ready(call: Any, move: Move) -> Obstacle | None:
    """There is a form with at least one question."""
    if any(section.get("questions") for section in call.questionnaire.definition.get("sections", [])):
        return None
    return Obstacle("no_form", _("The call has no application form."), call.get_manage_url())


def criteria_add_up(call: Any, move: Move) -> Obstacle | None:
    """Where experts score, there is something to score by, and the criteria weigh something together."""
    if not call.terms.has("expert_scoring"):
        return None
    weights = [criterion.weight for criterion in call.criteria.all()]
    if weights and sum(weights) > 0:
        return None
    return Obstacle("no_criteria", _("The call has no criteria that weigh anything."), call.get_manage_url())


def dates_in_order(call: Any, move: Move) -> Obstacle | None:
    """Every date comes after the one before it."""
    dates = {date.key: date for date in call.dates.all()}
    pairs = out_of_order({key: (date.planned_at, date.ends_at) for key, date in dates.items()})
    if not pairs:
        return None
    earlier, later = pairs[0]
    message = _("“%(later)s” is planned before “%(earlier)s”.")
    words = {"later": dates[later].label, "earlier": dates[earlier].label}
    return Obstacle("dates_out_of_order", message % words, dates_url(call))


def money_is_behind_it(call: Any, move: Move) -> Obstacle | None:
    """A call that promises money names the fundings it comes from, as much as it promises."""
    total = call.terms.total
    if total is None:
        return None
    found = sum(part.amount for part in call.fundings.all())
    if found >= total:
        return None
    message = _("The call promises more money than the fundings named for it.")
    return Obstacle("no_money", message, reverse("calls:fundings", args=[call.code]))


def both_languages(call: Any, move: Move) -> Obstacle | None:
    """Everything that applicants read is there in both languages."""
    if not [*missing_texts(call.rules), *missing_texts(call.questionnaire.definition)]:
        return None
    message = _("Some texts of the call are missing in one language.")
    return Obstacle("texts_missing", message, call.get_manage_url() + "#texts")


PREFLIGHT = (
    (form_is_ready, _("The application form has questions")),
    (criteria_add_up, _("The criteria weigh something")),
    (dates_in_order, _("The dates are in order")),
    (closing_time_lies_ahead, _("The closing time lies ahead")),
    (money_is_behind_it, _("The promised money is behind it")),
    (both_languages, _("All texts are in both languages")),
)
"""What is checked before a call is scheduled, in the words of its list; later rooms contribute guards to `schedule`."""
