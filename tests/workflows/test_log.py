"""The log: chained, verified, sealed. Tampering is done as the owner of the database would, triggers away."""

import random
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from workflows.models import ReasonText, TransitionRecord
from workflows.models.log import AppendOnlyError
from workflows.services.log import HASHED, erase_reason, hash_of
from workflows.services.seals import seal
from workflows.services.verify import replay_log, verify_log

pytestmark = pytest.mark.django_db


@contextmanager
def owner_of_the_database():
    """Someone who may drop triggers: everything that the application cannot do."""
    table = "workflows_transitionrecord"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for name in (f"{table}_no_update", f"{table}_no_delete", "testapp_leave_moves"):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        yield cursor


def test_a_whole_log_has_no_findings(story):
    seal()
    assert (verify_log(), replay_log()) == ([], [])


def test_each_row_covers_the_row_before_it(story):
    rows = list(TransitionRecord.objects.filter(case=story[0].case).order_by("seq"))
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert [row.previous for row in rows] == ["", *[row.hash for row in rows[:-1]]]
    assert all(row.hash == hash_of(row) for row in rows)
    story[0].case.refresh_from_db()
    assert (story[0].case.log_length, story[0].case.log_head) == (5, rows[-1].hash)


def test_the_hash_covers_every_column_but_id_and_hash():
    columns = {field.attname for field in TransitionRecord._meta.concrete_fields}
    assert columns - set(HASHED) == {"id", "hash"}


@pytest.mark.parametrize("change", ["save", "delete", "update", "bulk delete", "bulk update"])
def test_a_row_is_never_changed_through_the_application(story, change):
    row = TransitionRecord.objects.first()
    with pytest.raises(AppendOnlyError):
        {
            "save": row.save,
            "delete": row.delete,
            "update": lambda: TransitionRecord.objects.update(after="x"),
            "bulk delete": lambda: TransitionRecord.objects.all().delete(),
            "bulk update": lambda: TransitionRecord.objects.bulk_update([row], ["after"]),
        }[change]()


@pytest.mark.parametrize("statement", ["UPDATE {0} SET after = 'x'", "DELETE FROM {0}"])
def test_a_row_is_never_changed_by_sql(story, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("workflows_transitionrecord"))


@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("UPDATE workflows_transitionrecord SET after = 'expired' WHERE seq = 4", {"hash"}),
        ("UPDATE workflows_transitionrecord SET actor_id = (SELECT max(actor_id) FROM workflows_transitionrecord), "
         "data = '{\"days\": 9}' WHERE seq = 2 AND case_id = (SELECT min(id) FROM workflows_case)", {"hash"}),
        ("DELETE FROM workflows_reasontext", {"reason"}),
        ("UPDATE workflows_reasontext SET text = 'Something else'", {"reason"}),
    ],
)  # fmt: skip
def test_an_edit_by_the_owner_is_found(story, sql, codes):
    with owner_of_the_database() as cursor:
        cursor.execute(sql)
    assert {finding.code for finding in verify_log()} == codes


def test_a_deleted_row_is_found(story):
    with owner_of_the_database() as cursor:
        cursor.execute("DELETE FROM workflows_reasontext")
        cursor.execute("DELETE FROM workflows_workitem")
        cursor.execute("DELETE FROM workflows_transitionrecord WHERE seq = 3 AND case_id = %s", [story[0].case_id])
    assert {"gap", "link"} <= {finding.code for finding in verify_log()}


def test_thirty_random_tamperings_are_all_found(story):
    """The short form of the thousand in `make prove`."""
    seal()
    rng = random.Random(2027)
    rows = list(TransitionRecord.objects.values("pk", "case_id", "seq", "after", "transition"))
    missed = []
    for number in range(30):
        row = rng.choice(rows)
        with transaction.atomic():
            with owner_of_the_database() as cursor:
                cursor.execute(*tampering(rng.choice(["edit", "swap", "actor", "delete", "reason", "tail"]), row))
            if not verify_log():
                missed.append((number, row))
            transaction.set_rollback(True)
    assert missed == []


def tampering(kind, row):
    table = "workflows_transitionrecord"
    return {
        "edit": (f"UPDATE {table} SET after = 'expired' WHERE id = %s", [row["pk"]]),
        "swap": (f"UPDATE {table} SET subject_version = subject_version + 100 WHERE id = %s", [row["pk"]]),
        "actor": (f"UPDATE {table} SET is_test = NOT is_test WHERE id = %s", [row["pk"]]),
        "delete": (
            f"UPDATE {table} SET seq = seq + 100 WHERE case_id = %s AND seq >= %s",
            [row["case_id"], row["seq"]],
        ),
        "reason": ("UPDATE workflows_reasontext SET text = text || '!' WHERE id > %s", [0]),
        "tail": ("UPDATE workflows_case SET log_length = log_length - 1 WHERE id = %s", [row["case_id"]]),
    }[kind]


def test_erased_words_are_accepted_and_the_erasure_is_logged(story, person):
    record = TransitionRecord.objects.get(transition="refuse")
    erase_reason(record=record, by=person("officer"), note="Asked for under the data law")
    words = ReasonText.objects.get(record=record)
    assert (words.text, words.salt, words.erased_at is not None) == ("", "", True)
    assert TransitionRecord.objects.filter(transition="erase_reason").count() == 1
    assert verify_log() == []


def test_words_that_vanish_without_a_logged_erasure_are_found(story):
    ReasonText.objects.update(text="", salt="", erased_at="2027-01-01T00:00Z")
    assert [finding.code for finding in verify_log()] == ["reason"]


def test_replay_finds_a_state_that_the_log_does_not_lead_to(story):
    with owner_of_the_database() as cursor:
        cursor.execute("UPDATE testapp_leave SET state = 'refused' WHERE id = %s", [story[1].pk])
    assert [(f.code, f.where) for f in replay_log()] == [("state", f"testapp.leave {story[1].pk}")]


def test_replay_finds_a_row_that_is_gone(story):
    with owner_of_the_database() as cursor:
        cursor.execute("DELETE FROM testapp_leave WHERE id = %s", [story[2].pk])
    assert [(f.code, f.where) for f in replay_log()] == [("lost", f"testapp.leave {story[2].pk}")]


def test_replay_finds_a_step_that_the_machine_does_not_have(story):
    with owner_of_the_database() as cursor:
        cursor.execute(
            "UPDATE workflows_transitionrecord SET transition = 'expire' WHERE subject_id = %s AND seq = 3",
            [story[1].pk],
        )
    assert [f.code for f in replay_log()] == ["step"]


def test_commands_say_what_they_checked(story, capsys):
    call_command("seal_log")
    call_command("verify_log")
    call_command("replay_log")
    out = capsys.readouterr().out
    assert "The log is whole: 3 cases, 11 rows, 1 seals." in out
    assert "The log leads to the present states" in out


def test_commands_fail_where_something_is_wrong(story):
    with owner_of_the_database() as cursor:
        cursor.execute("UPDATE testapp_leave SET state = 'refused' WHERE id = %s", [story[1].pk])
        cursor.execute("UPDATE workflows_transitionrecord SET is_test = NOT is_test WHERE seq = 2")
    with pytest.raises(CommandError, match="The log is not whole: 3 findings"):
        call_command("verify_log")
    with pytest.raises(CommandError, match="The log does not lead to the present states: 1 findings"):
        call_command("replay_log")


def test_words_put_where_no_reason_was_given_are_found(story):
    record = TransitionRecord.objects.get(transition="touch")
    ReasonText.objects.create(record=record, salt="s", text="Never said")
    assert [(f.code, f.where) for f in verify_log()] == [("reason", f"{story[2].case.number}#3")]


def test_words_put_back_after_a_logged_erasure_are_found(story, person):
    record = TransitionRecord.objects.get(transition="refuse")
    erase_reason(record=record, by=person("officer"), note="Asked for under the data law")
    ReasonText.objects.filter(record=record).update(text="Other words", salt="s", erased_at=None)
    assert [finding.code for finding in verify_log()] == ["reason"]


def test_erasing_twice_is_logged_once(story, person):
    record, officer = TransitionRecord.objects.get(transition="refuse"), person("officer")
    first = erase_reason(record=record, by=officer, note="Asked for")
    assert erase_reason(record=record, by=officer, note="Asked for again") == first
    assert TransitionRecord.objects.filter(transition="erase_reason").count() == 1


def test_rows_of_a_case_that_is_gone_are_found(committed_db, story):
    with connection.cursor() as cursor:
        off = "PRAGMA foreign_keys = OFF" if connection.vendor == "sqlite" else "SET session_replication_role = replica"
        cursor.execute(off)
        cursor.execute("DELETE FROM workflows_case WHERE id = %s", [story[2].case_id])
    assert [(f.code, f.where) for f in verify_log()] == [("case", f"case {story[2].case_id}")]
    connection.close()  # the next one knows foreign keys again


def test_a_row_is_not_replaced_by_sql_either(story):
    if connection.vendor == "postgresql":
        words, match = "ON CONFLICT (id) DO UPDATE SET after = EXCLUDED.after", "append-only"
        begin = "INSERT INTO"
    else:
        words, match, begin = "", "append-only", "INSERT OR REPLACE INTO"
    columns = ", ".join(field.column for field in TransitionRecord._meta.concrete_fields)
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{begin} workflows_transitionrecord ({columns}) "
            f"SELECT {columns} FROM workflows_transitionrecord WHERE seq = 2 {words}"
        )


def test_an_empty_log_is_whole():
    assert (verify_log(), replay_log()) == ([], [])


@pytest.mark.parametrize("name", ["fly", "reopen"])
def test_replay_finds_a_step_that_is_none_from_there(story, name):
    with owner_of_the_database() as cursor:
        cursor.execute(
            "UPDATE workflows_transitionrecord SET transition = %s WHERE subject_id = %s AND seq = 3",
            [name, story[1].pk],
        )
    assert [(f.code, f.where) for f in replay_log()] == [("step", f"testapp.leave {story[1].pk}#3")]
