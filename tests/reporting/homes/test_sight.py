"""A home shows nothing of a case that the reader is kept away from, not even in a count."""

import pytest
from django.test import Client

from grants.projects.selectors import projects_visible_to_staff
from reporting.homes import deadlines, pipeline
from tests.fixtures.world import undone
from workflows import clock
from workflows.models import Exclusion

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def open_world(world_database):
    with undone():
        yield world_database


def page_of(person, url="/"):
    client = Client()
    client.force_login(person)
    return client.get(url, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("url", ["/", "/deadlines/", "/search/?q=biblioteka", "/search/?q=is:overdue&kind=projects"])
def test_a_coordinator_kept_away_reads_nothing_of_the_case(open_world, url):
    person = open_world.person("excluded_coordinator")
    kept = Exclusion.objects.filter(user=person, until__isnull=True).select_related("case")
    assert kept.exists()
    html = page_of(person, url)
    for exclusion in kept:
        assert exclusion.case.number not in html
        assert exclusion.case.title not in html or not exclusion.case.title


def test_the_counts_of_a_coordinator_kept_away_leave_the_case_out(open_world):
    now = clock.now()
    whole = pipeline.rows_in_hand(open_world.person("coordinator"), now)
    person = open_world.person("excluded_coordinator")
    seen = pipeline.rows_in_hand(person, now)
    allowed = set(projects_visible_to_staff(person).values_list("pk", flat=True))
    assert {row["pk"] for row in seen} == {row["pk"] for row in whole} & allowed
    assert len(seen) < len(whole)


def test_a_reader_without_role_follows_no_deadline(open_world):
    assert not deadlines.deadlines_visible_to(open_world.person("nobody")).exists()


def test_an_evaluator_reads_nothing_of_the_reviews_of_others(open_world):
    html = page_of(open_world.person("evaluator_cleared"))
    assert open_world.people["evaluator_asked"].full_name not in html
    assert "past a deadline" not in html


def test_somebody_new_is_led_to_their_organisation(open_world):
    person = open_world.person("nobody")
    person.language = "en"
    person.save()
    html = page_of(person)
    assert "You act for no organisation yet" in html
    assert "Nothing waits for you" in html


@pytest.mark.parametrize(("role", "opens"), [("coordinator", True), ("administrator", False)])
def test_a_list_of_reminders_leads_only_those_to_the_cases_who_may_open_them(open_world, role, opens):
    html = page_of(open_world.person(role), "/reminders/")
    assert open_world.projects["selection"].case.number in html
    assert (f'<a href="/calls/{open_world.call.pk}/decisions/">' in html) is opens
