"""A call with two funded projects, one of them measured; built once for each file of tests."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from grants.projects.models import Project
from reporting.impact.models import ImpactReport


@pytest.fixture(scope="module")
def world(told):
    """Two libraries of one call: the first is signed, paid an advance and measured, the second only awarded."""
    people, call, made = told.people, told.call(), []
    for code, key, place in (("PVZ-01", "direktore", "LT-01"), ("PVZ-02", "kita", "LT-02")):
        library = people.library(code, f"Ąžuolyno viešoji biblioteka {code}", place)
        director = people.member(library, key, f"Vardenė {key.title()}")
        made.append((told.applied(call, library, director), director))
    told.closed(call)
    for project, _director in made:
        told.accepted(project)
        told.awarded(project, "15000")
    first, director = made[0]
    first = Project.objects.get(pk=first.pk)
    told.at("2027-06-01 10:00").signed(first, told.today, told.today + timedelta(days=200))
    told.later(days=1).paid(first.payments.order_by("ordinal").first())
    report = first.reports.filter(kind="interim").first()
    told.later(days=190).accepted_report(report, director, share="0.2")
    told.measured(first, director, shares={"events": "0.5", "satisfaction": "1"})
    for key in ("coordinator", "head", "finance", "auditor", "admin"):
        people.staff(key)
    return SimpleNamespace(call=call.pk, first=first.pk, second=made[1][0].pk)


@pytest.fixture(scope="module")
def reports(world, told):
    """One report of each scope, assembled; the call's is published."""
    from grants.calls.models import Call

    call = Call.objects.select_related("programme__case", "case").get(pk=world.call)
    project = Project.objects.select_related("case").get(pk=world.first)
    return {
        "project": told.impact_report("project", project).pk,
        "call": told.impact_report("call", call, published=True).pk,
        "programme": told.impact_report("programme", call.programme).pk,
    }


@pytest.fixture
def story(world, retold):
    """The story as it stands then."""
    return retold


@pytest.fixture
def get_report(reports, story):
    """One of the reports by its scope."""
    return lambda scope: ImpactReport.objects.get(pk=reports[scope])


@pytest.fixture
def project(story, world):
    """The measured project."""
    return Project.objects.select_related("call__programme__case", "case", "organisation").get(pk=world.first)


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are compared in English, whatever language the test before this one left behind."""
    with translation.override("en"):
        yield
