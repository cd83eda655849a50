"""What the pages of evaluation show, gathered in few queries."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.permissions import can_view_values
from grants.evaluation.results import Standing, standing_of
from grants.evaluation.selectors import with_measurements
from grants.evaluation.states import BEING_WRITTEN, FRACTIONS, UNDER_WAY, Measure, MeasurementState, Wave
from grants.evaluation.statistics import Difference, Interval
from grants.organisations.permissions import may_edit_for
from grants.projects.models import Project
from grants.projects.permissions import is_on_team
from grants.projects.states import RUNNING_STATES
from workflows.formatting import DASH, number


@dataclass(frozen=True)
class WaveLine:
    """One wave of an indicator: what counts, what is under way, and what this reader can do there."""

    wave: Wave
    approved: Measurement | None
    under_way: Measurement | None
    action: Any
    url: str

    @property
    def approved_text(self) -> str:
        """The value that counts, spelled as everywhere."""
        return value_text(self.approved.result, self.approved.measure) if self.approved else DASH

    @property
    def under_way_text(self) -> str:
        """The value that is not settled yet."""
        return value_text(self.under_way.result, self.under_way.measure) if self.under_way else DASH


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator with how it stands, in the words of the page."""

    indicator: ProjectIndicator
    standing: Standing
    baseline: str
    target: str
    actual: str
    interval: str
    achievement: str
    change: str
    waves: list[WaveLine]

    @property
    def may_act(self) -> bool:
        """Whether this reader can do something in any wave."""
        return any(line.url for line in self.waves)


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """A number half up to so many places, as people round: 62.5 is 63."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def whole_percent(value: Decimal) -> Decimal:
    """An achievement in whole per cents: what lacks a little of the target is 99, never 100."""
    whole = rounded(value)
    return Decimal(99) if value < 100 <= whole else whole


def value_text(value: Decimal | None, measure: str) -> str:
    """A measured number in the reader's spelling; a dash where there is none, never a zero."""
    if value is None:
        return DASH
    return number(rounded(value, 1 if measure == Measure.PERCENTAGE else 2))


def parts_text(measurement: Measurement) -> str:
    """What a value is made of, in words: `63 of 200`; empty for a plain count."""
    if measurement.measure in FRACTIONS and measurement.denominator:
        words = {"part": number(measurement.numerator), "whole": number(measurement.denominator)}
        return _("%(part)s of %(whole)s") % words
    if measurement.measure == Measure.MEAN and measurement.sample_size:
        return _("n = %(n)s") % {"n": number(measurement.sample_size)}
    return ""


def interval_text(interval: Interval | None) -> str:
    """A 95 per cent interval of a share as whole per cents: `54–62`; empty where there is none."""
    return "" if interval is None else f"{number(round(interval.low * 100))}–{number(round(interval.high * 100))}"


def change_text(change: Difference | None) -> str:
    """A change of a share in a sentence: how many points, from where to where, p."""
    if change is None:
        return ""
    low, high = (number(round(end * 100, 1)) for end in (change.interval.low, change.interval.high))
    words = {
        "points": number(round(change.value * 100, 1)),
        "low": low,
        "high": high,
        "p": number(round(change.p, 4), 4),
    }
    return _("Change: %(points)s points [%(low)s; %(high)s], p = %(p)s.") % words


def achievement_text(value: Decimal | None) -> str:
    """How far the target is reached, whole per cents without the sign; a dash where that is not defined."""
    return DASH if value is None else number(whole_percent(value))


def rows_of(project: Project, user: Any) -> list[IndicatorRow]:
    """Every indicator of a project as this reader sees it, in three queries.

    What is being written belongs to the grantee's team until it is handed in. Ask only for those who `can_view_values`.
    """
    on_team = is_on_team(user, project)
    may_measure = may_edit_for(user, project.organisation_id) and _is_measured_now(project)
    found = with_measurements(project.indicators.all())
    return [_row(indicator, may_measure, on_team) for indicator in found]


def _is_measured_now(project: Project) -> bool:
    return project.state in RUNNING_STATES and project.held_since is None


def _row(indicator: ProjectIndicator, may_measure: bool, on_team: bool) -> IndicatorRow:
    standing = standing_of(indicator)
    handed_in = [one for one in indicator.measurements.all() if on_team or one.submitted_by_id is not None]
    measure = indicator.measure
    missing = indicator.why_no_baseline if standing.baseline is None else ""
    return IndicatorRow(
        indicator=indicator,
        standing=standing,
        baseline=missing or value_text(standing.baseline, measure),
        target=value_text(indicator.target, measure),
        actual=value_text(standing.actual, measure),
        interval=interval_text(standing.interval),
        achievement=achievement_text(standing.achievement),
        change=change_text(standing.change),
        waves=[_wave(wave, handed_in, indicator, may_measure) for wave in Wave],
    )


def _wave(wave: Wave, history: list[Measurement], indicator: ProjectIndicator, may_measure: bool) -> WaveLine:
    of_wave = [one for one in history if one.wave == wave]
    approved = next((one for one in of_wave if one.state == MeasurementState.APPROVED), None)
    under_way = next((one for one in of_wave if one.state in UNDER_WAY), None)
    action: Any = ""
    if may_measure and (under_way is None or under_way.state in BEING_WRITTEN):
        action = _("Go on") if under_way else _("Correct") if approved else _("Enter a value")
    url = Measurement(indicator=indicator, wave=wave).get_edit_url() if action else ""
    return WaveLine(wave, approved, under_way, action, url)


def project_panel(project: Project, user: Any) -> dict[str, Any]:
    """The panel on the page of a project; nothing before it has indicators."""
    rows = rows_of(project, user)
    return {"rows": rows, "shows_values": can_view_values(user, project)} if rows else {}
