"""A snapshot made readable in one language: one document from which page, PDF and CSV are made alike."""

from reporting.impact.shown.document import shown_report
from reporting.impact.shown.parts import Document
from reporting.tables import Table

__all__ = ["Document", "Table", "shown_report"]
