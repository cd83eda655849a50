"""A funded project with its indicators, built once for each file of tests; every test takes its own changes back."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from grants.projects.models import Project


@pytest.fixture(scope="module")
def funded(told):
    """One awarded project, its agreement not yet signed."""
    library = told.people.library()
    director = told.people.member(library, "direktore", "Vardenė Pavardenė")
    call = told.call()
    project = told.applied(call, library, director)
    told.closed(call)
    told.accepted(project)
    told.awarded(project, "15000")
    for key in ("coordinator", "head", "finance", "auditor", "admin"):
        told.people.staff(key)
    return SimpleNamespace(call=call, library=library, director=director, pk=project.pk, at=told.travel.at)


@pytest.fixture
def story(funded, retold):
    """The story as it stands after the award."""
    return retold


@pytest.fixture
def one(funded, story):
    """The awarded project as a test finds it, with the people around it."""
    project = Project.objects.select_related("call", "organisation", "case").get(pk=funded.pk)
    return SimpleNamespace(
        project=project, call=project.call, library=project.organisation,
        director=story.people.known["direktore"], coordinator=story.people.staff("coordinator"),
        head=story.people.staff("head"), finance=story.people.staff("finance"), auditor=story.people.staff("auditor"),
        indicator=lambda key: project.indicators.get(key=key),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are compared in English, whatever language the test before this one left behind."""
    with translation.override("en"):
        yield
