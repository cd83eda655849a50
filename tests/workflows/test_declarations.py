"""What does not start: machines and transitions that could be got around."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import models
from django.test.utils import isolate_apps
from django_fsm import FSMField
from django_fsm import transition as raw_transition  # noqa: TID251

from tests.workflows.testapp.models import Leave
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


def test_every_machine_of_the_product_is_drawn():
    drawn = drawing.drawings()
    own = {f"{machine.key}.md" for machine in machines() if machine.model is not Leave}
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
