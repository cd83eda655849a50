"""Lists: what is on them, how they are filtered, and that more rows cost no more queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.applications.receivers import application_of, received_by, way_in
from grants.applications.services import start_application
from tests.grants.applications.conftest import CLOSES
from workflows import clock
from workflows.models import Exclusion

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def as_person(client):
    def enter(person, language="en"):
        person.language = language
        person.save(update_fields=["language"])
        client.force_login(person)
        return client

    return enter


def queries(client, address):
    client.get(address)  # sessions and roles are read once before
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_list_of_a_call_costs_the_same_with_one_and_three(as_person, received, call, coordinator, make_received):
    page, address = as_person(coordinator), reverse("applications:of_call", args=[call.pk])
    one = queries(page, address)
    make_received(2)
    assert (queries(page, address), one <= 12) == (one, True)


def test_ones_own_list_costs_the_same_with_one_and_three(as_person, contest, library, received, director):
    page, address = as_person(director), reverse("applications:list")
    one = queries(page, address)
    for category in ("library", "branch"):
        nomination = contest.nominations.filter(category_key=category).first()
        start_application(call=contest, organisation=library, by=director, nomination=nomination)
    assert (queries(page, address), one <= 12) == (one, True)


def test_the_log_of_attempts_costs_the_same_with_one_and_three(as_person, received, director, submit):
    page, address = as_person(director), reverse("applications:attempts", args=[received.pk])
    one = queries(page, address)
    for _press in range(2):
        submit(received, director)
    assert (received.attempts.count(), queries(page, address)) == (3, one)


def test_ones_own_list_shows_drafts_and_receipts(as_person, contest, library, received, director):
    start_application(call=contest, organisation=library, by=director, nomination=contest.nominations.last())
    page = text(as_person(director).get(reverse("applications:list")))
    assert "0 of 2 sections completed" in page
    assert "BP-2027-1-0001-P1-32" in page


def test_nobody_without_applications_is_shown_where_to_begin(as_person, call, director):
    page = text(as_person(director).get(reverse("applications:list")))
    assert "No applications yet" in page
    assert reverse("applications:start", args=[call.pk]) in page


def test_the_funder_finds_the_calls_with_how_many_they_received(as_person, received, call, coordinator, make_received):
    make_received(1)
    page = text(as_person(coordinator).get(reverse("applications:list")))
    assert reverse("applications:of_call", args=[call.pk]) in page
    assert "<span>2</span>" in page


def test_drafts_are_counted_but_not_listed(as_person, draft, call, coordinator):
    page = text(as_person(coordinator).get(reverse("applications:of_call", args=[call.pk])))
    assert "1 draft, whose content its team alone reads" in page
    assert "No application has been submitted yet" in page
    assert draft.project.number not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
        ({"words": "azuolupio"}, ["BP-2027-1-0001"]),
        ({"words": "SKAITMENINES dirbtuves"}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
        ({"words": "0002"}, ["BP-2027-1-0002"]),
        ({"state": "application"}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
        ({"state": "withdrawn"}, []),
        ({"words": "azuolupio 0002"}, []),
        ({"state": "nonsense"}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
        ({"words": "x" * 500}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
        ({"page": "-1"}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
        ({"page": "abc"}, ["BP-2027-1-0001", "BP-2027-1-0002"]),
    ],
)
def test_filters_of_the_list_of_a_call(query, found, as_person, received, call, coordinator, make_received):
    make_received(1)
    page = text(as_person(coordinator).get(reverse("applications:of_call", args=[call.pk]), query))
    assert [number for number in ("BP-2027-1-0001", "BP-2027-1-0002") if f">{number}<" in page] == found


def test_who_is_kept_away_from_a_project_does_not_find_it(as_person, received, call, head):
    Exclusion.objects.create(case=received.project.case, user=head, since=clock.now(), code="kinship")
    page = text(as_person(head).get(reverse("applications:of_call", args=[call.pk])))
    assert "0 submitted applications" in page
    assert received.project.number not in page


def test_the_list_of_a_call_is_for_the_funders_people(as_person, received, call, director):
    assert as_person(director).get(reverse("applications:of_call", args=[call.pk])).status_code == 404
    assert as_person(director).get(reverse("applications:of_call", args=[987654])).status_code == 404


def test_the_way_in_stands_on_the_page_of_an_open_call(call, director, coordinator, travel):
    assert way_in(call, director)["url"] == reverse("applications:start", args=[call.pk])
    assert way_in(call, coordinator) is None
    travel.to(CLOSES)
    assert way_in(call, director) is None


def test_the_panel_of_a_call_counts_what_its_reader_may_see(received, call, coordinator, head, draft):
    assert received_by(call, coordinator)["received"] == 1
    Exclusion.objects.create(case=received.project.case, user=head, since=clock.now(), code="kinship")
    assert received_by(call, head)["received"] == 0


def test_the_panel_of_a_project_knows_its_reader(received, director, coordinator, stranger):
    project = received.project
    team, staff = application_of(project, director), application_of(project, coordinator)
    assert (team["own"], team["check_url"]) == (True, "")
    assert (staff["own"], staff["check_url"]) == (False, f"/applications/{project.pk}/eligibility/")
    assert application_of(project, stranger) == {}


def test_the_pages_of_call_and_project_show_their_panels(as_person, received, call, director, coordinator):
    assert reverse("applications:start", args=[call.pk]) in text(as_person(director).get(call.get_absolute_url()))
    assert "1 submitted application" in text(as_person(coordinator).get(call.get_manage_url()))
