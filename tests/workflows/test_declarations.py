"""What does not start: machines and transitions that could be got around."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps
from django_fsm import FSMField
from django_fsm import transition as raw_transition  # noqa: TID251

from tests.workflows.testapp.models import Handover, Leave
from workflows import checks, drawing, triggers
from workflows.models import WorkflowModel
from workflows.models.base import state_field_of
from workflows.registry import Machine, State, contribute, contributions, machine_of, machines, register_machine
from workflows.transitions import transition


@pytest.mark.parametrize("missing", ["permission", "label", "guards"])
def test_a_transition_without_its_parts_does_not_import(missing):
    parts = {"field": None, "source": "a", "target": "b", "permission": lambda u, o: True, "label": "x", "guards": []}
    del parts[missing]
    with pytest.raises(TypeError, match=missing):
        transition(**parts)


@pytest.mark.parametrize(("name", "value"), [("permission", None), ("permission", "may_do"), ("label", "")])
def test_a_transition_with_an_empty_part_does_not_import(name, value):
    parts = {"field": None, "source": "a", "target": "b", "permission": lambda u, o: True, "label": "x", "guards": []}
    with pytest.raises(ImproperlyConfigured):
        transition(**{**parts, name: value})


def test_a_machine_is_registered_once_and_names_its_field():
    with pytest.raises(ImproperlyConfigured, match="already"):
        register_machine(machine_of(Leave))
    with pytest.raises(ImproperlyConfigured, match="no state field"):
        Machine(model=Leave, field="days", label="x", states={})


def test_a_machine_without_words_for_a_state_is_refused():
    with pytest.raises(ImproperlyConfigured, match="states without words"):
        Machine(model=Leave, field="state", label="x", states={"draft": State("draft")})


@isolate_apps("tests.workflows.testapp")
def test_a_machine_with_a_raw_transition_is_refused():
    class Loose(WorkflowModel):
        state = FSMField(default="a", protected=True)

        class Meta:
            app_label = "testapp"

        @raw_transition(field=state, source="a", target="b")
        def jump(self):
            pass

    with pytest.raises(ImproperlyConfigured, match=r"Loose\.jump: declare it with workflows\."):
        Machine(model=Loose, field="state", label="x", states={"a": State("a"), "b": State("b")})


def test_a_model_without_a_machine_is_a_mistake_of_the_program():
    from workflows.models import Case

    with pytest.raises(ImproperlyConfigured, match="no registered machine"):
        machine_of(Case)
    assert state_field_of(Case) is None


@isolate_apps("tests.workflows.testapp")
def test_the_checks_refuse_a_machine_that_could_be_got_around():
    class Loose(models.Model):
        state = FSMField(default="a")

        class Meta:
            app_label = "testapp"

        @raw_transition(field=state, source="a", target="b")
        def jump(self):
            pass

    assert [problem.id for problem in checks._check_field(Loose, Loose._meta.get_field("state"))] == [
        "workflows.E001", "workflows.E002", "workflows.E003",
    ]  # fmt: skip


@isolate_apps("tests.workflows.testapp")
def test_the_checks_refuse_a_state_without_a_registered_machine():
    class Unregistered(WorkflowModel):
        state = FSMField(default="a", protected=True)

        class Meta:
            app_label = "testapp"

    assert [p.id for p in checks._check_field(Unregistered, Unregistered._meta.get_field("state"))] == [
        "workflows.E004"
    ]


def test_the_product_passes_its_own_checks():
    assert checks.check_machines(None) == []


def test_contributions_come_in_their_order():
    contribute("test.place", "second", order=20)
    contribute("test.place", "first", order=10)
    assert contributions("test.place") == ["first", "second"]
    assert contributions("test.nowhere") == []


def test_every_guarded_and_append_only_table_is_known_to_the_triggers():
    assert Leave in triggers.guarded_models()
    assert {"TransitionRecord", "Seal"} <= {model.__name__ for model in triggers.append_only_models()}


def test_installing_triggers_twice_is_harmless(db):
    triggers.install()
    triggers.install()


def triggers_of(table):
    """How many triggers the database has on a table."""
    sql = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT count(DISTINCT trigger_name) FROM information_schema.triggers "
        "WHERE event_object_table = %s",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return cursor.fetchone()[0]


def drop(table):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}" + (" CASCADE" if connection.vendor == "postgresql" else ""))


def test_triggers_are_installed_on_those_tables_that_are_there(committed_db):
    """As in the middle of a migration, when some tables are still to come."""
    before = triggers_of("testapp_leave")
    for table in ("testapp_handover", "workflows_seal"):
        drop(table)
    triggers.install()
    assert (before > 0, triggers_of("testapp_leave")) == (True, before)


def test_no_trigger_is_installed_before_there_is_a_log(committed_db):
    drop("workflows_reasontext")
    drop("workflows_workitem")
    drop("workflows_transitionrecord")
    triggers.install()
    assert triggers_of("workflows_transitionrecord") == 0


def test_every_machine_of_the_product_is_drawn():
    drawn = drawing.drawings()
    own = {f"{machine.key}.md" for machine in machines() if machine.model not in (Leave, Handover)}
    assert set(drawn) == {"README.md", *own}


def test_a_drawing_names_every_state_and_transition():
    text = drawing.page(machine_of(Leave))
    for value in machine_of(Leave).states:
        assert f"| `{value}` |" in text
    for name in machine_of(Leave).steps:
        assert f"| `{name}` |" in text
    assert "asked --> granted: grant" in text
    assert "`has_days`, `not_too_long`" in text


def test_drawings_that_differ_fail_the_check(tmp_path, settings, capsys):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="draw_workflows"):
        call_command("draw_workflows", "--check")
    call_command("draw_workflows")
    call_command("draw_workflows", "--check")
    (tmp_path / "docs/machines/old.md").write_text("a machine that is gone")
    call_command("draw_workflows")
    assert not (tmp_path / "docs/machines/old.md").exists()
    assert "are as the code" in capsys.readouterr().out
