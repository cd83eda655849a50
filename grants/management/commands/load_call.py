"""`manage.py load_call FILE`: make a draft call from its document, or say what is wrong with it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from grants.calls.document import BadDocument, read_document
from grants.calls.services import load_call
from workflows.actors import SYSTEM


class Command(BaseCommand):
    """Load a call; twice changes nothing."""

    help = "Load the document of a call (JSON) as a draft and print what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The document's path."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, load, print; refuse with the place of every fault."""
        path: Path = options["file"]
        try:
            result = load_call(read_document(path.read_bytes()), by=SYSTEM)
        except OSError as error:
            raise CommandError(_("The file %(path)s cannot be read.") % {"path": path}) from error
        except BadDocument as refusal:
            for finding in refusal.findings:
                self.stderr.write(f"{finding.path}: {finding.message}" if finding.path else finding.message)
            raise CommandError(_("The call was not loaded; nothing has changed.")) from refusal
        if result.created:
            message = _("Call %(code)s is loaded as a draft.")
        elif result.changed:
            message = _("The draft %(code)s is made anew from this document.")
        else:
            message = _("Call %(code)s already says the same; nothing has changed.")
        self.stdout.write(message % {"code": result.call.code})
