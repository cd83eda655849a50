"""Seals: exported outside the database, they find what its owner cuts off or makes anew."""

import json

import pytest
from django.db import connection

from tests.workflows.test_log import owner_of_the_database
from workflows import tasks
from workflows.models import Seal, TransitionRecord
from workflows.services import perform
from workflows.services.seals import exported_seals, root_of, seal, seals_folder
from workflows.services.verify import verify_log

pytestmark = pytest.mark.django_db


def test_a_cut_off_end_is_found_by_the_exported_seal_alone(story):
    seal()
    case = story[0].case
    last = TransitionRecord.objects.get(case=case, seq=5)
    head = TransitionRecord.objects.get(case=case, seq=4).hash
    with owner_of_the_database() as cursor:
        cursor.execute("DELETE FROM workflows_workitem")
        cursor.execute("DELETE FROM workflows_transitionrecord WHERE id = %s", [last.pk])
        cursor.execute("UPDATE workflows_case SET log_length = 4, log_head = %s WHERE id = %s", [head, case.pk])
    assert [finding.code for finding in verify_log()] == ["sealed"]


def test_a_changed_seal_file_is_found(story):
    seal()
    [path] = exported_paths()
    content = json.loads(path.read_text())
    content["heads"][story[0].case.number][0] = 4
    path.write_text(json.dumps(content))
    assert [finding.code for finding in verify_log()] == ["seal"]


def test_an_unreadable_seal_file_is_found(story):
    seal()
    exported_paths()[0].write_text("not a seal")
    assert [finding.code for finding in verify_log()] == ["seal"]


def exported_paths():
    return sorted(seals_folder().glob("*.json"))


def test_sealing_twice_without_news_makes_one_seal(story):
    first, second = seal(), seal()
    assert (first.pk, Seal.objects.count(), len(exported_seals())) == (second.pk, 1, 1)


def test_seals_follow_each_other(story):
    first = seal()
    perform(story[2], "grant", by=story[2].boss)
    second = seal()
    assert (second.previous, second.records) == (first.root, first.records + 1)


def without_triggers_of_seals(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
    else:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER workflows_seal_no_{verb}")


def test_a_seal_whose_export_failed_is_exported_the_next_time(story, monkeypatch):
    def full(*_args):
        raise OSError("No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            seal()
    assert (Seal.objects.count(), exported_seals()) == (1, [])
    seal()
    assert (Seal.objects.count(), len(exported_seals())) == (1, 1)


@pytest.mark.parametrize(
    ("heads", "root"),
    [
        ({}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ({"A": (1, "aa")}, "eac7e590f5846efe56e66d4a2de7b4dcbc5866865ccf8a6abf7b9b7441e56553"),
    ],
)
def test_the_root_of_few_cases_is_as_computed_by_hand(heads, root):
    assert root_of(heads) == root


@pytest.mark.parametrize(
    ("sql", "findings"),
    [
        ("DELETE FROM workflows_seal WHERE id = (SELECT min(id) FROM workflows_seal)", 1),
        ("UPDATE workflows_seal SET root = 'f00' WHERE id = (SELECT max(id) FROM workflows_seal)", 1),
    ],
)
def test_a_seal_that_was_changed_or_taken_away_is_found(story, sql, findings):
    seal()
    perform(story[2], "grant", by=story[2].boss)
    seal()
    with connection.cursor() as cursor:
        without_triggers_of_seals(cursor)
        cursor.execute(sql)
    assert [finding.code for finding in verify_log()] == ["seal"] * findings


def test_the_timer_seals_and_exports(story):
    tasks.seal()
    row = Seal.objects.get()
    assert [(one.root, one.heads.keys()) for one in exported_seals()] == [
        (row.root, {request.case.number for request in story})
    ]
