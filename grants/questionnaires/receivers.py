"""The database's own guard of published questionnaires, put in place after each migration."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate

from grants.questionnaires.models import Questionnaire

TABLE = Questionnaire._meta.db_table

SQLITE = [
    f'CREATE TRIGGER IF NOT EXISTS "{TABLE}_no_{verb.lower()}" BEFORE {verb} ON "{TABLE}" '
    "WHEN OLD.published_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'immutable: a published questionnaire never changes'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION questionnaires_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'immutable: a published questionnaire never changes';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$""",
    f'CREATE OR REPLACE TRIGGER "{TABLE}_immutable" BEFORE UPDATE OR DELETE ON "{TABLE}" '
    "FOR EACH ROW EXECUTE FUNCTION questionnaires_immutable()",
]


def install_triggers(sender: Any = None, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Put the triggers in place; safe to repeat. SQLite loses them whenever it rebuilds the table."""
    if sender is not None and sender.name != "grants":
        return
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


post_migrate.connect(install_triggers, dispatch_uid="questionnaires.triggers")
