"""The public page of a funded project: only what is announced."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.calls.zones import last_day, local_date
from grants.evaluation.results import standing_of
from grants.evaluation.selectors import with_measurements
from grants.projects.models import Project
from grants.projects.states import ProjectState
from reporting.impact.models import ImpactReport
from reporting.impact.states import ReportState
from reporting.insight.indicators import measured
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.indicators import indicators_picture
from reporting.pictures.sources import as_of_now, csv_address
from reporting.showcase.permissions import published_of
from reporting.showcase.selectors import funded_projects
from workflows.formatting import date_long, euro
from workflows.registry import machine_of

KIND = "results"


def page_of(project: Project) -> dict[str, Any]:
    """Everything that the page shows, in a constant number of queries."""
    published = published_of(project.call)
    reports = ImpactReport.objects.filter(project=project, state=ReportState.PUBLISHED).defer("snapshot")
    return {
        "project": project, "title": title_of(project), "status": status_of(project),
        "facts": list(facts(project, published)),
        "stage": project.stage, "stage_notes": stage_notes(project), "finished": project.state == ProjectState.CLOSED,
        "picture": results_of(project), "reports": list(reports.order_by("-as_of")),
    }  # fmt: skip


def title_of(project: Project) -> str:
    """The title where the call publishes titles, else the nomination or the library."""
    if "title" in published_of(project.call) and project.title:
        return project.title
    return str(project.nomination or project.organisation)


def status_of(project: Project) -> Any:
    """Where it stands, in the words for everybody."""
    state = machine_of(Project).state(project.state)
    return state.public or state.label


def facts(project: Project, published: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Names and values, as the facts component shows them."""
    library, call = project.organisation, project.call
    yield {"label": _("Library"), "value": library.name}
    if library.municipality:
        yield {"label": _("Municipality"), "value": library.municipality.name_lt}
    yield {"label": _("Call"), "value": call.title, "url": call.get_absolute_url()}
    if project.nomination:
        yield {"label": _("Nomination"), "value": str(project.nomination)}
    if project.awarded_amount is not None:
        yield {"label": _("Awarded"), "value": euro(project.awarded_amount)}
    if "requested" in published and project.requested_amount is not None:
        yield {"label": _("Requested"), "value": euro(project.requested_amount)}
    if project.starts_on and project.ends_on:
        days = {"from": date_long(project.starts_on), "to": date_long(project.ends_on)}
        yield {"label": _("Period"), "value": _("%(from)s to %(to)s") % days}


def stage_notes(project: Project) -> dict[str, str]:
    """The public dates under the five stages."""
    call = project.call

    def day(moment: datetime | date | None) -> str:
        return date_long(local_date(moment, call.time_zone) if isinstance(moment, datetime) else moment)

    notes = {
        "call": _("until %(day)s") % {"day": date_long(last_day(call.closes_at, call.time_zone))},
        "selection": _("decided %(day)s") % {"day": day(project.decided_at)} if project.decided_at else "",
        "implementation": _("until %(day)s") % {"day": day(project.ends_on)} if project.ends_on else "",
        "evaluation": _("closed %(day)s") % {"day": day(project.ended_at)}
        if project.state == ProjectState.CLOSED
        else "",
    }
    return {key: words for key, words in notes.items() if words}


def results_of(project: Project) -> Picture | None:
    """Indicators whose final value is approved; None before that. Two queries.

    Values on the way are the project's own affair; what was promised is in the published application's call.
    """
    standings = [standing_of(indicator) for indicator in with_measurements(project.indicators.all())]
    rows = [measured(standing, linked=False) for standing in standings if standing.is_final]
    if not rows:
        return None
    formula = _("Final values that are approved; in brackets the 95 per cent interval of a share (Wilson).")
    url = reverse("showcase:project", args=[project.number])
    ask = Ask(formula, as_of_now(), _("this table"), f"{url}#picture-{KIND}")
    return indicators_picture(rows, name=KIND).with_source(ask, csv_address(KIND, project.number))


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The results of a funded project by its number."""
    project = funded_projects(user).filter(number=key).first()
    return None if project is None else results_of(project)
