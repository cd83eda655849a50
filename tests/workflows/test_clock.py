from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from workflows import clock

NOON = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_now_is_the_databases_time_in_utc():
    before = datetime.now(UTC) - timedelta(seconds=2)
    assert before < clock.now() < datetime.now(UTC) + timedelta(seconds=2)
    assert clock.now().tzinfo is UTC


def test_one_reading_answers_the_same_moment_every_time(django_assert_num_queries):
    with clock.reading(), django_assert_num_queries(1):
        assert clock.now() == clock.now()


def test_an_inner_reading_keeps_the_outer_one():
    with clock.reading():
        first = clock.now()
        with clock.reading():
            assert clock.now() == first


def test_without_a_reading_each_call_reads_anew(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert clock.now() <= clock.now()


def test_a_replaced_clock_answers_and_gives_way_again():
    with clock.reading():
        real = clock.now()
        with clock.replaced(NOON):
            assert clock.now() == NOON
        assert clock.now() == real


def test_the_clock_is_not_replaced_in_production(settings):
    settings.CLOCK_MAY_BE_REPLACED = False
    with pytest.raises(ImproperlyConfigured), clock.replaced(NOON):
        pass


def test_a_travelling_clock_stands_until_moved():
    travel = clock.Travel(NOON)
    with clock.replaced(travel):
        assert clock.now() == NOON
        travel.forward(days=1, hours=2)
        assert clock.now() == NOON + timedelta(days=1, hours=2)
        travel.to(NOON)
        assert clock.now() == NOON
