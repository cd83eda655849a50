"""Conditions of publishing an impact report."""

from typing import Any

from django.utils.translation import gettext as _

from workflows.moves import Move
from workflows.obstacles import Obstacle

LANGUAGES = ("lt", "en")


def figures_given(report: Any, move: Move) -> Obstacle | None:
    """The job hands in the frozen figures with their digest, and a file in each language."""
    names = ("snapshot", "snapshot_sha256", "title", "as_of")
    if move.asking or all(move.data.get(name) for name in names):
        return None
    return Obstacle("figures_missing", _("The figures of the report are missing."))


def files_there(report: Any, move: Move) -> Obstacle | None:
    """A report is published with its PDF in both languages."""
    if {file.language for file in report.files.all()} >= set(LANGUAGES):
        return None
    return Obstacle("files_missing", _("The PDF files of the report are missing. Ask for the report again."))
