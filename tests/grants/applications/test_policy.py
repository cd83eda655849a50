"""Who sees and does what, page by page; someone else's id and an id that never was give the same 404."""

import re

import pytest
from django.urls import reverse

from grants.applications.models import Application
from grants.applications.permissions import can_view_application, can_view_check, can_view_draft
from grants.applications.receivers import can_read_annex
from grants.applications.selectors import applications_of_team, applications_visible_to, projects_to_check
from grants.applications.services import save_section
from grants.projects.models import Project
from grants.questionnaires.models import Document
from tests.grants.applications import filling
from workflows import clock
from workflows.models import Exclusion

pytestmark = pytest.mark.django_db

NEVER = 987654
PAGES = {
    "detail": [], "section": ["need"], "section_from_check": ["need"], "check": [], "submit": [], "attempts": [],
    "record": [1], "abandon": [], "reopen": [], "withdraw": [], "eligibility": [], "ineligible": [], "clarify": [],
}  # fmt: skip

# What a person of each kind gets on the pages of a submitted application. 302: signed in and led on.
MATRIX = {
    "director": {"detail": 200, "section": 302, "section_from_check": 302, "check": 200, "submit": 302, "attempts": 200,
                 "record": 200, "abandon": 200, "reopen": 200, "withdraw": 200, "eligibility": 404, "ineligible": 404,
                 "clarify": 404},
    "editor": {"detail": 200, "section": 302, "section_from_check": 302, "check": 200, "submit": 403, "attempts": 200,
               "record": 200, "abandon": 200, "reopen": 403, "withdraw": 403, "eligibility": 404, "ineligible": 404,
               "clarify": 404},
    "viewer": {"detail": 200, "section": 302, "section_from_check": 302, "check": 200, "submit": 403, "attempts": 200,
               "record": 200, "abandon": 403, "reopen": 403, "withdraw": 403, "eligibility": 404, "ineligible": 404,
               "clarify": 404},
    "coordinator": {"detail": 200, "section": 403, "section_from_check": 403, "check": 403, "submit": 403,
                    "attempts": 200, "record": 200, "abandon": 403, "reopen": 200, "withdraw": 403, "eligibility": 200,
                    "ineligible": 200, "clarify": 200},
    "auditor": {"detail": 200, "section": 403, "section_from_check": 403, "check": 403, "submit": 403, "attempts": 200,
                "record": 200, "abandon": 403, "reopen": 403, "withdraw": 403, "eligibility": 200, "ineligible": 403,
                "clarify": 403},
    "stranger": dict.fromkeys(PAGES, 404),
    "excluded": dict.fromkeys(PAGES, 404),
}  # fmt: skip


@pytest.fixture
def people(director, editor, viewer, coordinator, auditor, stranger, head, received):
    Exclusion.objects.create(case=received.project.case, user=head, since=clock.now(), code="kinship")
    return {
        "director": director, "editor": editor, "viewer": viewer, "coordinator": coordinator, "auditor": auditor,
        "stranger": stranger, "excluded": head,
    }  # fmt: skip


@pytest.mark.parametrize("kind", MATRIX)
def test_each_page_opens_for_whom_it_is_meant(kind, people, received, client):
    client.force_login(people[kind])
    found = {
        name: client.get(reverse(f"applications:{name}", args=[received.pk, *args])).status_code
        for name, args in PAGES.items()
    }
    assert found == MATRIX[kind]


def test_nobody_signed_in_is_led_to_sign_in_everywhere(received, client):
    for name, args in PAGES.items():
        assert client.get(reverse(f"applications:{name}", args=[received.pk, *args])).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_id_and_one_that_never_was_are_the_same_404(method, received, stranger, client):
    client.force_login(stranger)
    for name, args in PAGES.items():
        pages = []
        for pk in (received.pk, NEVER):
            answer = getattr(client, method)(reverse(f"applications:{name}", args=[pk, *args]))
            assert answer.status_code in (404, 405)
            page = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", answer.content.decode())
            pages.append(page.replace(f"/applications/{pk}/", "/applications/"))
        assert pages[0] == pages[1]


def test_the_funder_does_not_read_a_draft(draft, director, coordinator, auditor, client):
    save_section(application=draft, section_id="need", by=director, data=filling.typed(need="Dar niekam nerodytas"))
    client.force_login(coordinator)
    page = client.get(draft.get_absolute_url())
    assert (page.status_code, "Dar niekam" in page.content.decode()) == (200, False)
    assert client.get(reverse("applications:check", args=[draft.pk])).status_code == 403
    client.force_login(auditor)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_predicates_and_querysets_are_twins(people, received, draft):
    application = Application.objects.select_related("project").get(pk=received.pk)
    for person in people.values():
        assert can_view_application(person, application) == applications_visible_to(person).exists()
        assert can_view_draft(person, application) == applications_of_team(person).exists()
        assert can_view_check(person, application.project) == projects_to_check(person).exists()


def test_a_member_who_has_left_sees_nothing(received, editor, client):
    editor.memberships.update(left_at=clock.now())
    client.force_login(editor)
    assert client.get(received.get_absolute_url()).status_code == 404


def test_an_annex_is_read_by_the_team_and_once_submitted_by_the_funder(
    ready, director, coordinator, stranger, submit, travel
):
    document = Document.objects.get(key="cv")

    def readers():
        return [can_read_annex(person, document) for person in (director, coordinator, stranger)]

    assert readers() == [True, False, False]
    submit(ready, director)
    assert readers() == [True, True, False]


def test_an_annex_removed_before_submitting_stays_the_teams_own(ready, director, coordinator, submit, travel):
    document = Document.objects.get(key="cv")
    travel.forward(minutes=1)
    data = filling.typed()
    data[f"remove-file:{document.public_id}"] = "1"
    save_section(application=ready, section_id="annexes", by=director, data=data)
    save_section(application=ready, section_id="annexes", by=director, data=filling.typed(),
                 files=filling.files(cv=filling.pdf("cv2.pdf", b"new")))  # fmt: skip
    travel.forward(minutes=1)
    submit(ready, director)
    document.refresh_from_db()
    new = Document.objects.get(key="cv", removed_at=None)
    assert [can_read_annex(coordinator, d) for d in (document, new)] == [False, True]


def test_a_document_of_no_application_is_nobodys(draft, director):
    assert not can_read_annex(director, Document(sheet=None, category="application/cv"))


def test_pages_are_numbered_by_the_project(draft):
    assert draft.pk == draft.project_id == Project.objects.get().pk
