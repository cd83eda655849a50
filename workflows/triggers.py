"""What the database itself refuses: changing the log, and moving a state without a log row.

Installed after every migration, because SQLite drops a table's triggers whenever it rebuilds the table.
"""

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

from workflows.models.base import WorkflowModel, state_field_of

POSTGRES_FUNCTIONS = """
CREATE OR REPLACE FUNCTION workflows_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: %% is refused on %%', TG_OP, TG_TABLE_NAME; END $$;
CREATE OR REPLACE FUNCTION workflows_state_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_state text; new_state text;
BEGIN
  new_state := to_jsonb(NEW) ->> TG_ARGV[1];
  IF TG_OP = 'INSERT' THEN
    IF new_state IS DISTINCT FROM TG_ARGV[2] THEN
      RAISE EXCEPTION 'state: %% begins as %%, not as %%', TG_TABLE_NAME, TG_ARGV[2], new_state;
    END IF;
    RETURN NEW;
  END IF;
  old_state := to_jsonb(OLD) ->> TG_ARGV[1];
  IF new_state IS DISTINCT FROM old_state AND NOT EXISTS (
    SELECT 1 FROM workflows_transitionrecord r WHERE r.subject_label = TG_ARGV[0] AND r.subject_id = NEW.id
      AND r.subject_version = NEW.version AND r.before = old_state AND r.after = new_state) THEN
    RAISE EXCEPTION 'state: %% may move only with its log row', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
"""


def append_only_models() -> list[type[models.Model]]:
    """Every table that only grows."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def guarded_models() -> list[type[models.Model]]:
    """Every table with a machine."""
    return [m for m in apps.get_models() if issubclass(m, WorkflowModel) and state_field_of(m) is not None]


def _append_only_sqlite(table: str) -> list[str]:
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {verb} is refused on {table}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _append_only_postgresql(table: str) -> list[str]:
    return [
        f'CREATE OR REPLACE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION workflows_append_only()",
        f'CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION workflows_append_only()",
    ]


def _state_facts(model: type[models.Model]) -> tuple[str, str, str, str]:
    field = state_field_of(model)
    assert field is not None  # guarded_models() picked it
    return (
        model._meta.db_table,
        model._meta.label_lower,
        str(field.column),
        str(getattr(field.get_default(), "value", field.get_default())),
    )


def _state_sqlite(model: type[models.Model]) -> list[str]:
    table, label, column, initial = _state_facts(model)
    moved = f'NEW."{column}" IS NOT OLD."{column}"'
    # The names come from the models' own metadata, never from outside.
    logged = (
        f"SELECT 1 FROM workflows_transitionrecord r WHERE r.subject_label = '{label}' "  # noqa: S608
        f"AND r.subject_id = NEW.id AND r.subject_version = NEW.version "
        f'AND r.before = OLD."{column}" AND r.after = NEW."{column}"'
    )
    return [
        f'DROP TRIGGER IF EXISTS "{table}_begins"',
        f'DROP TRIGGER IF EXISTS "{table}_moves"',
        f'CREATE TRIGGER "{table}_begins" BEFORE INSERT ON "{table}" WHEN NEW."{column}" IS NOT \'{initial}\' '
        f"BEGIN SELECT RAISE(ABORT, 'state: {table} begins as {initial}'); END",
        f'CREATE TRIGGER "{table}_moves" BEFORE UPDATE OF "{column}" ON "{table}" '
        f"WHEN {moved} AND NOT EXISTS ({logged}) "
        f"BEGIN SELECT RAISE(ABORT, 'state: {table} may move only with its log row'); END",
    ]


def _state_postgresql(model: type[models.Model]) -> list[str]:
    table, label, column, initial = _state_facts(model)
    return [
        f'CREATE OR REPLACE TRIGGER "{table}_state_guard" BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW '
        f"EXECUTE FUNCTION workflows_state_guard('{label}', '{column}', '{initial}')"
    ]


def install(sender: Any = None, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Put every trigger in place; safe to repeat. Runs once per migrate, for the engine's own signal."""
    if sender is not None and sender.name != "workflows":
        return
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "workflows_transitionrecord" not in tables:
        return
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute(POSTGRES_FUNCTIONS.replace("%%", "%"))
        for model in append_only_models():
            table = model._meta.db_table
            if table in tables:
                for statement in _append_only_postgresql(table) if postgres else _append_only_sqlite(table):
                    cursor.execute(statement)
        for model in guarded_models():
            if model._meta.db_table in tables:
                for statement in _state_postgresql(model) if postgres else _state_sqlite(model):
                    cursor.execute(statement)
