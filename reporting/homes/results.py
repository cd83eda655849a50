"""What came of it: indicators without a baseline, effects to be measured, reports published."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.projects.states import ProjectState
from reporting.homes.parts import Number, shown
from reporting.homes.pipeline import count
from reporting.impact.selectors import reports_visible_to
from reporting.impact.states import ReportState
from reporting.search.selectors import address


def published(user: Any) -> QuerySet[Any]:
    """Impact reports that everybody may read."""
    return reports_visible_to(user).filter(state=ReportState.PUBLISHED)


def results(rows: Iterable[dict[str, Any]], reports: int) -> dict[str, Any] | None:
    """The numbers about evidence, from the rows of `pipeline.rows_in_hand` and the number of published reports."""
    rows = list(rows)
    missing = [row for row in rows if row["state"] in (ProjectState.IMPLEMENTATION, ProjectState.EVALUATION)]
    numbers = [
        Number(count("is:no-baseline", missing), _("projects with an indicator without a baseline"),
               address("is:running is:no-baseline"), warn=True),
        Number(count("is:unmeasured", rows), _("projects whose effect is not measured yet"), address("is:unmeasured")),
        Number(count("state:evaluation -is:unmeasured", rows), _("projects measured, to be closed"),
               address("state:evaluation -is:unmeasured")),
        Number(reports, _("published impact reports"), f"{reverse('impact:list')}?state=published"),
    ]  # fmt: skip
    return {"numbers": shown(numbers)} if shown(numbers) else None
