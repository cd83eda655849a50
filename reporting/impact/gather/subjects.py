"""What a report is about: the funded projects in it, and the facts of its head."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from grants.organisations.models import Municipality
from grants.projects.models import Project
from grants.projects.states import NOT_SUBMITTED, WITH_AWARD
from reporting.impact.gather.values import bilingual, moment, plain
from reporting.impact.models import ImpactReport
from reporting.impact.states import Scope


def _within(report: ImpactReport) -> Q:
    if report.scope == Scope.PROJECT:
        return Q(pk=report.project_id)
    return Q(call=report.call_id) if report.scope == Scope.CALL else Q(call__programme=report.programme_id)


def projects_of(report: ImpactReport) -> QuerySet[Project]:
    """The funded or recognised projects that the report is about, in their order."""
    return (
        Project.objects.filter(_within(report), state__in=WITH_AWARD)
        .select_related("call__programme", "organisation__municipality", "case", "nomination")
        .order_by("call__opens_at", "call__code", "ordinal")
    )


def project_row(project: Project) -> dict[str, Any]:
    """One project: who, where, when, how much."""
    library, place = project.organisation, project.organisation.municipality
    return {
        "id": project.pk,
        "number": project.number,
        "title": project.title,
        "organisation": library.name,
        "municipality": place.short_lt if place else "",
        "call": project.call.code,
        "state": project.state,
        "starts_on": moment(project.starts_on),
        "ends_on": moment(project.ends_on),
        "awarded": plain(project.awarded_amount),
        "url": project.get_absolute_url(),
    }


def facts_of(report: ImpactReport, projects: list[Project]) -> dict[str, Any]:
    """How many applied and were funded, and how many municipalities the projects reached. Two queries."""
    counted = Project.objects.filter(_within(report)).aggregate(
        received=Count("pk", filter=~Q(state__in=NOT_SUBMITTED)), calls=Count("call", distinct=True)
    )
    places = {p.organisation.municipality_id for p in projects if p.organisation.municipality_id}
    return {
        "received": counted["received"],
        "calls": counted["calls"],
        "funded": len(projects),
        "municipalities": len(places),
        "municipalities_of": Municipality.objects.count(),
        "gives_money": any(project.awarded_amount is not None for project in projects),
        "first_day": moment(min((p.starts_on for p in projects if p.starts_on), default=None)),
        "last_day": moment(max((p.ends_on for p in projects if p.ends_on), default=None)),
        **_names(report),
    }


def _names(report: ImpactReport) -> dict[str, Any]:
    if report.scope == Scope.PROJECT and report.project is not None:
        project = report.project
        return {
            "code": project.number,
            "title": {"lt": project.title, "en": project.title},
            "programme": bilingual(project.call.programme, "title"),
            "call": bilingual(project.call, "title"),
            "nomination": project.nomination.label if project.nomination else None,
        }
    if report.scope == Scope.CALL and report.call is not None:
        call = report.call
        names = {"code": call.code, "title": bilingual(call, "title"), "purpose": bilingual(call, "purpose")}
        return names | {"programme": bilingual(call.programme, "title")}
    programme = report.programme
    assert programme is not None  # the database allows no other scope
    return {
        "code": programme.code,
        "title": bilingual(programme, "title"),
        "operator": bilingual(programme, "operator"),
    }
