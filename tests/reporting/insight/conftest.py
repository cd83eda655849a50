"""A call with four applications: two funded and at work, one on the reserve list, one declined."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from grants.projects.models import Project
from tests.grants.calls.makers import exclude

SHARES = (("1", "0.8"), ("0.8", "0.6"), ("0.8", "0.4"), ("0.2", "0"))
"""Where on each scale the points of the two evaluators lie, application by application."""


@pytest.fixture(scope="module")
def world(told):
    """Two evaluators differ about each; the first project is signed, paid an advance, and has handed a report in."""
    people, call, projects, directors = told.people, told.call(), [], []
    for number in range(1, 5):
        library = people.library(f"PVZ-{number:02}", f"Ąžuolyno {number} biblioteka", f"LT-{number:02}")
        director = people.member(library, f"vadove{number}", f"Vardenė Pavardenė{number}")
        projects.append(told.applied(call, library, director, title=f"Dirbtuvės {number}", grant=10_000))
        directors.append(director)
    told.closed(call)
    evaluators = [told.evaluator(call), told.evaluator(call, "antra", "Antra Antraitė")]
    for project, share in zip(projects, SHARES, strict=True):
        told.accepted(project)
        for evaluator, part in zip(evaluators, share, strict=True):
            told.reviewed(project, [evaluator], share=part)
    outcomes = (("award", 10_000), ("award", 10_000), ("reserve", None), ("decline", None))
    decisions = [
        told.decided(project, outcome, amount, reason="Per mažai lėšų.")
        for project, (outcome, amount) in zip(projects, outcomes, strict=True)
    ]
    told.announced(call, decisions)
    first = Project.objects.get(pk=projects[0].pk)
    told.at("2027-06-01 10:00").signed(first, told.today, told.today + timedelta(days=200))
    told.later(days=1).paid(first.payments.order_by("ordinal").first())
    report = first.reports.filter(kind="interim").first()
    told.later(days=190).accepted_report(report, directors[0], share="0.2")
    told.measured(first, directors[0], shares={"events": "0.5"})
    for key in ("coordinator", "head", "finance", "auditor", "admin"):
        people.staff(key)
    return SimpleNamespace(call=call.pk, projects=[project.pk for project in projects])


@pytest.fixture
def story(world, retold):
    """The story as it stands then."""
    return retold


@pytest.fixture
def call(story, world):
    """The call."""
    from grants.calls.models import Call

    return Call.objects.get(pk=world.call)


@pytest.fixture
def project(story, world):
    """The project at work."""
    return Project.objects.select_related("call", "organisation", "case").get(pk=world.projects[0])


@pytest.fixture
def kept_away(story, world):
    """A coordinator who is kept away from the project at work."""
    person = story.people.person("nusalinta", "Nuša Nušalinta")
    from grants.accounts.services import grant_role
    from workflows.actors import SYSTEM

    grant_role(person=person, role="coordinator", by=SYSTEM)
    exclude(person, Project.objects.get(pk=world.projects[0]).case_id)
    return type(person).objects.get(pk=person.pk)
