"""Nothing that a slice declares may be forgotten: models, registrations, tasks, commands, template words, templates."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import pytest
from django.core.management import get_commands, load_command_class
from django.db import models
from django.template import engines
from django.template.loader import get_template

import grants.models
from config.celery import app
from config.queue import SCHEDULE
from grants.apps import ROOMS_WITH_REGISTRATIONS, SLICES
from tests.architecture.sources import PRODUCT, ROOT, name_of, templates

DESIGNED = (
    "accounts", "organisations", "money", "programmes", "events", "questionnaires", "calls", "projects",
    "applications", "selection", "implementation", "evaluation",
)  # fmt: skip


def test_slices_stand_in_the_order_of_a_projects_life():
    assert list(SLICES) == [name for name in DESIGNED if name in SLICES]


def test_every_folder_of_grants_is_a_slice_or_djangos():
    folders = {module.name for module in iter_modules([str(ROOT / "grants")]) if module.ispkg}
    assert folders - set(SLICES) - {"management", "migrations", "templatetags"} == set()


def slices_with(room: str) -> list[str]:
    return [name for name in SLICES if find_spec(f"grants.{name}") and find_spec(f"grants.{name}.{room}")]


def test_every_model_of_every_slice_is_re_exported():
    for name in slices_with("models"):
        import_module(f"grants.{name}.models")
    declared = {
        f"{model.__module__}.{model.__name__}": model.__name__
        for model in every_subclass(models.Model)
        if model.__module__.startswith("grants.") and not model._meta.abstract and not model._meta.auto_created
    }
    assert {where for where, name in declared.items() if name not in grants.models.__all__} == set()


def every_subclass(cls: type) -> set[type]:
    found = set(cls.__subclasses__())
    return found.union(*(every_subclass(child) for child in found)) if found else found


@pytest.mark.parametrize("room", ROOMS_WITH_REGISTRATIONS)
def test_every_room_that_registers_something_is_loaded_at_start(room):
    assert [name for name in slices_with(room) if f"grants.{name}.{room}" not in sys.modules] == []


def test_every_task_on_the_schedule_exists():
    app.loader.import_default_modules()
    assert sorted(set(SCHEDULE) - set(app.tasks)) == []


def test_every_command_loads_and_says_what_it_does():
    ours = {name: where for name, where in get_commands().items() if str(where).split(".")[0] in PRODUCT}
    assert ours != {}
    assert [name for name, where in ours.items() if not load_command_class(where, name).help] == []


def test_every_template_compiles():
    for path in templates():
        get_template(name_of(path).removeprefix("templates/"))


def test_every_library_of_template_words_is_known():
    known = engines["django"].engine.libraries.values()
    written = {
        f"{name_of(path.parent).replace('/', '.')}.{path.stem}"
        for room in PRODUCT
        for path in (ROOT / room).rglob("templatetags/*.py")
        if path.stem != "__init__"
    }
    assert written - set(known) == set()
