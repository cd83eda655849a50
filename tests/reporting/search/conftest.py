"""Projects are walked to their states by their own steps alone, as in the tests of their room."""

from tests.grants.projects.conftest import _later_rooms_are_silent

__all__ = ["_later_rooms_are_silent"]
