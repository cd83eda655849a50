"""`manage.py import_strategy FILE`: import the strategy document and print what it adds up to."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from grants.programmes.services import BrokenDocument, ImportResult, import_strategy
from grants.programmes.strategy_report import changes_in_words, findings_in_words, totals_in_words
from workflows.actors import SYSTEM


class Command(BaseCommand):
    """Import the strategy document; twice changes nothing."""

    help = "Import the strategy document of a plan (a text table) and print its totals."

    def add_arguments(self, parser: CommandParser) -> None:
        """The document's path."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, print findings, changes and totals; refuse with line numbers where something is wrong."""
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(_("The file %(path)s cannot be read.") % {"path": path}) from error
        try:
            result = import_strategy(data=data, by=SYSTEM, name=path.name)
        except BrokenDocument as refusal:
            for line in findings_in_words(refusal.findings):
                self.stderr.write(line)
            raise CommandError(str(refusal)) from refusal
        self.report(result)

    def report(self, result: ImportResult) -> None:
        """Print it all."""
        for line in findings_in_words(result.preview.reading.findings):
            self.stdout.write(line)
        if not result.created:
            self.stdout.write(_("This document changes nothing: the plan already says the same."))
        elif result.preview.current is not None:
            for line in changes_in_words(result.preview.changes):
                self.stdout.write(line)
        for line in totals_in_words(result.preview.reading):
            self.stdout.write(line)
