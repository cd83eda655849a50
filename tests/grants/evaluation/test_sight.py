"""What an evaluator of the application sees of what came after it: the promise, never what was measured."""

import pytest

from grants.evaluation.services import approve_measurement
from tests.grants.implementation.conftest import told_until_work, working  # noqa: F401  one story with evaluators

pytestmark = pytest.mark.django_db


def test_an_evaluator_reads_the_promise_and_nothing_that_was_measured(working, client):  # noqa: F811
    indicator = working.project.indicators.get(key="events")
    found = working.handed_in(indicator, working.director, value=4321)
    approve_measurement(measurement=found, by=working.people.known["coordinator"])
    seen = {}
    for who in ("direktore", "coordinator", "evaluator1"):
        person = working.people.known[who]
        type(person).objects.filter(pk=person.pk).update(language="en")
        client.force_login(person)
        for url in (f"/projects/{working.project.pk}/indicators/", working.project.get_absolute_url()):
            page = client.get(url).content.decode()
            assert "Target" in page, (who, url)
            seen.setdefault(who, []).append("4,321" in page)
            assert ("not measured yet" in page) is (who != "evaluator1"), (who, url)
        seen[who].append(client.get(found.get_absolute_url()).status_code)
    assert seen == {"direktore": [True, True, 200], "coordinator": [True, True, 200], "evaluator1": [False, False, 404]}
