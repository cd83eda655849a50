"""Conditions of measuring, each with its sentence and the way to mend it."""

from typing import Any

from django.utils.translation import gettext as _

from grants.calls.zones import local_date
from grants.projects.states import RUNNING_STATES
from workflows.moves import Move
from workflows.obstacles import Obstacle


def project_is_measured(measurement: Any, move: Move) -> Obstacle | None:
    """Only while the project is implemented or evaluated, and not on hold."""
    project = measurement.indicator.project
    if project.state not in RUNNING_STATES:
        text = _("Measuring is over: the project is neither implemented nor evaluated now.")
        return Obstacle("not_running", text, project.get_absolute_url())
    if project.held_since is not None:
        return Obstacle("held", _("The project is on hold."), project.get_absolute_url())
    return None


def value_given(measurement: Any, move: Move) -> Obstacle | None:
    """A measurement without a value is not handed in; zero is a value."""
    if measurement.has_value:
        return None
    return Obstacle("value_missing", _("Enter what was measured; zero is a value too."), measurement.get_edit_url())


def evidence_given(measurement: Any, move: Move) -> Obstacle | None:
    """A value is handed in with what shows it."""
    if measurement.evidence.strip() or measurement.document_id:
        return None
    return Obstacle("evidence_missing", _("Say what shows the value, or add a document."), measurement.get_edit_url())


def day_given(measurement: Any, move: Move) -> Obstacle | None:
    """The day of measuring is named and does not lie ahead."""
    day = measurement.measured_on
    if day is None:
        return Obstacle("day_missing", _("Name the day of measuring."), measurement.get_edit_url())
    if day > local_date(move.now, measurement.indicator.project.call.time_zone):
        return Obstacle("day_ahead", _("The day of measuring cannot lie ahead."), measurement.get_edit_url())
    return None


def earlier_one_replaced(measurement: Any, move: Move) -> Obstacle | None:
    """One approved value for each indicator and wave: the service sets the corrected one aside in the same step."""
    if move.asking:
        return None
    others = type(measurement).objects.filter(
        indicator_id=measurement.indicator_id, wave=measurement.wave, state="approved"
    )
    if not others.exclude(pk=measurement.pk).exists():
        return None
    text = _("Another value is already approved here; approve this one as its correction.")
    return Obstacle("already_approved", text, measurement.get_absolute_url())
