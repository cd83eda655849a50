"""The few statements that every step issues, written out once: building them anew each time costs more than they do."""

from collections.abc import Collection, Iterable, Sequence
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
def _select(model: type[models.Model], vendor: str, *, lock: bool) -> str:
    end = " FOR NO KEY UPDATE" if lock and vendor == "postgresql" else ""
    key = model._meta.pk
    assert key is not None  # every model has a primary key
    columns = _columns(model, vendor).sql
    # Table and column names come from the model, never from outside.
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{key.column}" = %s{end}'  # noqa: S608


def get_locked(model: type[models.Model], pk: int) -> Any:
    """The row under lock (SQLite: under the transaction's). Raises DoesNotExist.

    NO KEY UPDATE on PostgreSQL: rows that only name this one elsewhere are added without waiting for the lock.
    """
    return _get(model, pk, lock=True)


def get(model: type[models.Model], pk: int, along: Iterable[str] = ()) -> Any:
    """The row as it is now, with what it names (`read_along`). Raises DoesNotExist."""
    row = _get(model, pk, lock=False)
    read_along(row, along)
    return row


def _get(model: type[models.Model], pk: int, *, lock: bool) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_select(model, connection.vendor, lock=lock), [pk])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"{model.__name__} {pk} is not there.")  # type: ignore[attr-defined]
    columns = _columns(model, connection.vendor)
    return model.from_db(DEFAULT_DB_ALIAS, columns.names, columns.converted(row))


def read_along(row: models.Model, paths: Iterable[str]) -> None:
    """Read what a row names (`project`, then `project__call`) where it is not there yet, each as it is now."""
    for path in paths:
        *way, name = path.split("__")
        holder = row
        for step in way:
            holder = getattr(holder, step)
        field = holder._meta.get_field(name)
        assert isinstance(field, models.ForeignKey)  # the ways are written in the code, of such fields alone
        pk = holder.__dict__[field.attname]
        if pk is not None and not field.is_cached(holder):
            field.set_cached_value(holder, _get(field.remote_field.model, pk, lock=False))


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
def _insert(model: type[models.Model], once: str, rows: int) -> tuple[tuple[models.Field, ...], str]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    row = ", ".join(["%s"] * len(fields))
    places = ", ".join([f"({row})"] * rows)
    unless = f'ON CONFLICT ("{once}") DO NOTHING ' if once else ""
    # Table and column names come from the model, never from outside.
    return fields, f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {places} {unless}RETURNING "id"'  # noqa: S608


def insert(*rows: models.Model, once: str = "") -> bool:
    """Add a few new rows of one kind and give them their keys; no signals, no defaults of the database.

    once: a unique column; where a row with its value is there already, nothing is added and the answer is False.
    """
    fields, sql = _insert(type(rows[0]), once, len(rows))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        added = cursor.fetchall()
    for row, (key,) in zip(rows, added, strict=not once):
        row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS
    return bool(added)


@cache
def _update(model: type[models.Model], names: tuple[str, ...], rows: int) -> tuple[tuple[models.Field, ...], str]:
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = tuple(known[name] for name in names)
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    places = ", ".join(["%s"] * rows)
    # Table and column names come from the model, never from outside.
    return fields, f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "id" IN ({places})'  # noqa: S608


def change(model: type[models.Model], keys: Sequence[int], **values: Any) -> None:
    """Give a few rows, named by their keys, the same values in some columns; no signals."""
    fields, sql = _update(model, tuple(values), len(keys))
    prepared = [field.get_db_prep_save(values[field.name], connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*prepared, *keys])


def excluded_cases(user_id: int | None) -> frozenset[int]:
    """The cases from which a person is kept away now; every permission of every step asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM workflows_exclusion WHERE user_id = %s AND until IS NULL", [user_id])
        return frozenset(case_id for (case_id,) in cursor.fetchall())


def set_chain_end(case_id: int, length: int, head: str) -> None:
    """Note where the chain of a case ends now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflows_case SET log_length = %s, log_head = %s WHERE id = %s", [length, head, case_id]
        )
