"""The few statements that every step issues, written out once: building them anew each time costs more than they do."""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, ...], str]:
    """The names of a model's columns, and the same as SQL."""
    fields = model._meta.concrete_fields
    return tuple(field.attname for field in fields), ", ".join(f'"{field.column}"' for field in fields)


@cache
def _select_for_update(model: type[models.Model], vendor: str) -> str:
    _names, columns = _columns(model)
    lock = " FOR NO KEY UPDATE" if vendor == "postgresql" else ""
    key = model._meta.pk
    assert key is not None  # every model has a primary key
    # Table and column names come from the model, never from outside.
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{key.column}" = %s{lock}'  # noqa: S608


def get_locked(model: type[models.Model], pk: int) -> Any:
    """The row under lock (SQLite: under the transaction's). Raises DoesNotExist.

    Only for models whose columns need no conversion on SQLite: no decimals, no JSON.
    """
    with connection.cursor() as cursor:
        cursor.execute(_select_for_update(model, connection.vendor), [pk])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"{model.__name__} {pk} is not there.")  # type: ignore[attr-defined]
    names, _sql = _columns(model)
    return model.from_db(DEFAULT_DB_ALIAS, names, _converted(model, row))


def _converted(model: type[models.Model], row: tuple[Any, ...]) -> list[Any]:
    """The values as Python knows them: SQLite gives times as text and truths as numbers."""
    if connection.vendor == "postgresql":
        return list(row)
    values = []
    for field, value in zip(model._meta.concrete_fields, row, strict=True):
        if isinstance(field, models.DateTimeField) and value is not None:
            value = connection.ops.convert_datetimefield_value(value, field, connection)  # type: ignore[attr-defined]
        elif isinstance(field, models.BooleanField) and value is not None:
            value = bool(value)
        values.append(value)
    return values


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
