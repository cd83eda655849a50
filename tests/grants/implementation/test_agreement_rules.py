"""What the services of an agreement refuse, whoever asks and whatever page the wish came from."""

from datetime import date
from decimal import Decimal

import pytest

from grants.calls.models import CallDate
from grants.calls.states import DateKey
from grants.implementation.services import change_budget, open_agreement, send_agreement
from grants.implementation.services.agreements import check_period
from workflows.actors import SYSTEM
from workflows.exceptions import NotPermitted, Refused

pytestmark = pytest.mark.django_db


def test_an_agreement_is_opened_once(awarded):
    assert open_agreement(project=awarded.project, by=SYSTEM) == awarded.agreement


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        (date(2027, 6, 1), date(2027, 6, 1), "The end must be after the start."),
        (date(2027, 6, 2), date(2027, 6, 1), "The end must be after the start."),
        (date(2027, 6, 1), date(2032, 6, 30), "A project lasts at most five years."),
    ],
)
def test_a_period_that_cannot_be_is_refused(awarded, starts_on, ends_on, sentence):
    with pytest.raises(Refused) as refusal:
        check_period(awarded.project, starts_on, ends_on)
    assert str(refusal.value) == sentence


def test_a_call_that_plans_no_days_of_projects_allows_any_period(awarded):
    CallDate.objects.filter(key__in=[DateKey.PROJECTS_START, DateKey.PROJECTS_END]).delete()
    check_period(awarded.project, date(2020, 1, 1), date(2024, 12, 31))


def first_line(story):
    return story.agreement.lines.order_by("order").first()


def test_a_budget_is_changed_by_the_grantee_and_the_coordinator_only(awarded):
    for key in ("skaitytojas", "svetimas", "finance"):
        with pytest.raises(NotPermitted):
            change_budget(agreement=awarded.agreement, awarded={}, by=awarded.people.known[key])
    for key in ("direktore", "coordinator"):
        change_budget(agreement=awarded.agreement, awarded={}, by=awarded.people.known[key])


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (Decimal("-99999.00"), "A sum cannot be negative."),
        (Decimal("0.01"), "The lines make EUR\xa015,000.01 together; they must make the award, EUR\xa015,000."),
    ],
)
def test_a_budget_that_does_not_make_the_award_is_refused_and_nothing_is_kept(awarded, more, sentence):
    line = first_line(awarded)
    with pytest.raises(Refused) as refusal:
        change_budget(
            agreement=awarded.agreement, awarded={line.pk: line.awarded + more}, by=awarded.people.known["coordinator"]
        )
    assert str(refusal.value) == sentence
    assert first_line(awarded).awarded == line.awarded


def test_the_budget_of_an_agreement_that_is_sent_does_not_change(awarded):
    send_agreement(agreement=awarded.agreement, by=awarded.people.known["coordinator"])
    with pytest.raises(Refused, match=r"^The agreement is sent; its budget does not change any more\.$"):
        change_budget(agreement=awarded.agreement, awarded={}, by=awarded.people.known["coordinator"])
