"""The indicators of one project from baseline to target, as they stand."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.evaluation.pages import interval_text, value_text
from grants.evaluation.permissions import can_view_values
from grants.evaluation.results import Standing, standing_of
from grants.evaluation.selectors import with_measurements
from grants.evaluation.states import FRACTIONS, Measure
from grants.evaluation.statistics import TOO_FEW
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.indicators import Measured, indicators_picture
from reporting.pictures.sources import as_of_now, by_id, csv_address

KIND = "indicators"


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture of a project by its id."""
    project = by_id(projects_visible_to(user), key)
    return None if project is None else of_project(project, user)


def of_project(project: Project, user: Any) -> Picture | None:
    """The picture for whoever follows what is measured; None before anything is. Two queries."""
    if not can_view_values(user, project):
        return None
    rows = [measured(standing_of(one), linked=True) for one in with_measurements(project.indicators.all())]
    if all(row.value is None for row in rows):
        return None
    formula = _("Only approved values count; in brackets the 95 per cent interval of a share (Wilson).")
    ask = Ask(formula, as_of_now(), _("the project's indicators"), reverse("evaluation:indicators", args=[project.pk]))
    return indicators_picture(rows, name=KIND).with_source(ask, csv_address(KIND, project.pk))


def measured(standing: Standing, *, linked: bool) -> Measured:
    """An indicator as the picture takes it; a share or mean of fewer than ten answers is not told."""
    indicator, few = standing.indicator, _is_too_few(standing)
    value = None if few else standing.actual
    interval = None if few else standing.interval
    texts = [value_text(v, indicator.measure) for v in (standing.baseline, standing.target, value)]
    told = f"{texts[2]} ({interval_text(interval)})" if interval else texts[2]
    unit = indicator.unit_name
    return Measured(
        f"{indicator.name}, {unit}" if unit else indicator.name, _float(standing.baseline), _float(standing.target),
        _float(value), (texts[0], texts[1], told), interval.low * 100 if interval else None,
        interval.high * 100 if interval else None, share=indicator.measure == Measure.PERCENTAGE,
        ascending=indicator.ascending, why_none=indicator.why_no_baseline if standing.baseline is None else "",
        final=standing.is_final, url=indicator.get_absolute_url() if linked else "",
    )  # fmt: skip


def _is_too_few(standing: Standing) -> bool:
    one = standing.measured
    if one is None or one.measure not in (Measure.PERCENTAGE, Measure.MEAN):
        return False
    answers = one.denominator if one.measure in FRACTIONS else one.sample_size
    return answers is not None and answers < TOO_FEW


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def panel(project: Project, user: Any) -> dict[str, Any]:
    """The picture on the project's page."""
    found = of_project(project, user)
    return {"picture": found} if found else {}
