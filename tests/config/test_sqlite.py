"""SQLite as the product opens it: readers do not wait for a writer, writers wait for each other instead of failing."""

import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.settings import SQLITE_OPTIONS

pytestmark = pytest.mark.django_db  # elsewhere no test may open a connection


@pytest.fixture
def connect(tmp_path):
    """Opens one more connection to one new database file, with the options of the settings or others."""
    opened = []

    def another(**changes):
        name = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "one.sqlite3"}
        handler = ConnectionHandler({"default": name | {"OPTIONS": SQLITE_OPTIONS | changes}})
        opened.append(handler["default"])
        return opened[-1]

    yield another
    for connection in opened:
        connection.close()


def ask(connection, pragma):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("busy_timeout", 20_000), ("synchronous", 1), ("recursive_triggers", 1),
     ("foreign_keys", 1)],
)  # fmt: skip
def test_a_connection_has_the_modes_that_the_product_counts_on(pragma, value, connect):
    assert ask(connect(), pragma) == value


def test_a_transaction_takes_the_writers_place_at_its_beginning(connect):
    first, second = connect(), connect(timeout=0)
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE thing (id integer)")
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with first.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thing")  # it has only read so far
    with pytest.raises(OperationalError, match="locked"), second.cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (1)")
    with second.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thing")  # a reader does not wait
        assert cursor.fetchone() == (0,)
    first.rollback()
    first.set_autocommit(True)


def test_the_settings_use_these_modes_wherever_they_use_sqlite():
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        assert database["OPTIONS"] | {"init_command": ""} == SQLITE_OPTIONS | {"init_command": ""}
        assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]  # how safely it writes, tests may change
    else:
        assert "init_command" not in database.get("OPTIONS", {})
    assert SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"
    assert SQLITE_OPTIONS["timeout"] == 20
