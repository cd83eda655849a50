"""The migrations lead to exactly the tables that the models describe, on the database of this run."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

DESCRIBE = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        constraints = connection.introspection.get_constraints(cursor, table)
        print(table, sorted((c.name, bool(c.null_ok)) for c in columns),
              sorted(n for n, c in constraints.items() if c["check"] or (c["unique"] and not c["primary_key"])))
"""


def address_of(name: str) -> str:
    """A database URL for a database of this name on the server, or in the folder, of this run."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    parts = connection.settings_dict
    host = quote(parts["HOST"], safe="")
    return f"postgres://{parts['USER']}@{host}:{parts['PORT'] or 5432}/{name}"


def run(address: str, *words: str) -> str:
    environment = {**os.environ, "DATABASE_URL": address, "TEST_DATABASE_URL": address,
                   "DJANGO_SETTINGS_MODULE": "tests.settings"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, *words], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def empty_database(committed_db, tmp_path):
    """The name of a database without a single table."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "migrated.sqlite3")
        return
    name = f"{committed_db}_migrated"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def described(text: str) -> dict[str, str]:
    """Table -> its description, without Django's own record of migrations and the cache."""
    tables = dict(line.split(" ", 1) for line in text.splitlines())
    return {name: told for name, told in tables.items() if name not in {"django_migrations", "cache"}}


def test_migrations_lead_to_the_tables_of_the_models(empty_database, committed_db):
    migrated = address_of(empty_database)
    run(migrated, "manage.py", "migrate", "--verbosity", "0")
    assert described(run(migrated, "-c", DESCRIBE)) == described(run(address_of(committed_db), "-c", DESCRIBE))
