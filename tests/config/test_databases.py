"""The databases that tests get."""

import threading

import pytest
from django.db import connection, transaction

from grants.models import User


def count() -> int:
    return User.objects.count()


@pytest.mark.django_db
def test_db_is_rolled_back_first():
    User.objects.create_user("a@example.org")
    assert count() == 1


@pytest.mark.django_db
def test_db_is_rolled_back_second():
    assert count() == 0


@pytest.mark.parametrize("turn", [1, 2])
def test_committed_db_starts_empty_and_really_commits(committed_db, turn):
    assert count() == 0
    done = []
    with transaction.atomic():
        User.objects.create_user("a@example.org")
        transaction.on_commit(lambda: done.append(True))
    assert done == [True]


def test_committed_db_is_seen_by_threads(committed_db):
    User.objects.create_user("a@example.org")
    seen = []

    def look() -> None:
        seen.append(count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.fixture
def somebody(db):
    return User.objects.create_user("b@example.org")


def test_fixtures_that_ask_for_db_write_into_the_copy(committed_db, somebody):
    assert not connection.in_atomic_block
    assert count() == 1


@pytest.mark.postgres
def test_postgres_marker_leads_to_postgres(db):
    assert connection.vendor == "postgresql"
