"""The few statements that every step issues, written out once: building them anew each time costs more than they do."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a model: their names in Python, the same as SQL, and how each value becomes Python's own."""

    names: tuple[str, ...]
    sql: str
    converters: tuple[tuple[int, Any, list[Any]], ...]

    def converted(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, column, converters in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return values


@cache
def _columns(model: type[models.Model], vendor: str, only: tuple[str, ...] = ()) -> _Columns:
    """The columns of a model, or only those asked for, with the conversions that the ORM would use for `vendor`."""
    meta = model._meta
    named = {field.name: field for field in meta.concrete_fields}
    fields = [named[name] for name in only or named]
    found = []
    for place, field in enumerate(fields):
        column = field.get_col(meta.db_table)
        converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        if converters:
            found.append((place, column, converters))
    return _Columns(
        tuple(field.attname for field in fields), ", ".join(f'"{field.column}"' for field in fields), tuple(found)
    )


@cache
def _select_for_update(model: type[models.Model], vendor: str) -> str:
    lock = " FOR NO KEY UPDATE" if vendor == "postgresql" else ""
    key = model._meta.pk
    assert key is not None  # every model has a primary key
    columns = _columns(model, vendor).sql
    # Table and column names come from the model, never from outside.
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{key.column}" = %s{lock}'  # noqa: S608


def get_locked(model: type[models.Model], pk: int) -> Any:
    """The row under lock (SQLite: under the transaction's). Raises DoesNotExist.

    NO KEY UPDATE on PostgreSQL: rows that only name this one elsewhere are added without waiting for the lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(_select_for_update(model, connection.vendor), [pk])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"{model.__name__} {pk} is not there.")  # type: ignore[attr-defined]
    columns = _columns(model, connection.vendor)
    return model.from_db(DEFAULT_DB_ALIAS, columns.names, columns.converted(row))


@cache
def _select_open(model: type[models.Model], vendor: str, only: tuple[str, ...], kinds: int) -> str:
    columns, places = _columns(model, vendor, only).sql, ", ".join(["%s"] * kinds)
    # Table and column names come from the model, never from outside.
    return (
        f'SELECT {columns} FROM "{model._meta.db_table}" WHERE subject_label = %s AND subject_id = %s '  # noqa: S608
        f"AND closed_at IS NULL AND kind IN ({places})"
    )


def open_rows(model: type[models.Model], subject: models.Model, kinds: Collection[str], only: tuple[str, ...]) -> list:
    """The named columns of what is open for a subject (work or deadlines) of these kinds, in no order."""
    sql = _select_open(model, connection.vendor, only, len(kinds))
    with connection.cursor() as cursor:
        cursor.execute(sql, [subject._meta.label_lower, subject.pk, *kinds])
        rows = cursor.fetchall()
    columns = _columns(model, connection.vendor, only)
    return [columns.converted(row) for row in rows]


@cache
def _insert(model: type[models.Model]) -> tuple[tuple[models.Field, ...], str]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    # Table and column names come from the model, never from outside.
    return fields, f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}) RETURNING "id"'  # noqa: S608


def insert(row: models.Model) -> None:
    """Add a new row and give it its key; no signals, no defaults of the database."""
    fields, sql = _insert(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def set_chain_end(case_id: int, length: int, head: str) -> None:
    """Note where the chain of a case ends now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflows_case SET log_length = %s, log_head = %s WHERE id = %s", [length, head, case_id]
        )
