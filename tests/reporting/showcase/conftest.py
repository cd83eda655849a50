"""The call of the pictures' tests, for strangers; told once for the file."""

from tests.reporting.insight.conftest import call, kept_away, project, story, world

__all__ = ["call", "kept_away", "project", "story", "world"]
