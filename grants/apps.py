"""The Django app of all slices, and the loading of what they register."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SLICES = (
    "accounts",
    "organisations",
    "money",
    "programmes",
    "questionnaires",
    "calls",
    "projects",
    "applications",
    "selection",
    "implementation",
    "evaluation",
)
"""In the order of the life of a project: a slice imports only from the slices before it."""

ROOMS_WITH_REGISTRATIONS = (
    "workflow",
    "guards",
    "permissions",
    "messages",
    "receivers",
    "jobs",
    "checks",
    "tasks",
    "verbs",
)


class GrantsConfig(AppConfig):
    """Loads every room of every slice that registers something with the engine."""

    name = "grants"
    verbose_name = _("Grants")

    def ready(self) -> None:
        """Import the rooms in slice order, so that a registration never waits for a page."""
        for slice_name in SLICES:
            for room in ROOMS_WITH_REGISTRATIONS:
                module = f"grants.{slice_name}.{room}"
                if find_spec(f"grants.{slice_name}") and find_spec(module):
                    import_module(module)
