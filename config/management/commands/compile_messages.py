"""`manage.py compile_messages`: make the compiled catalogues out of the texts, without gettext's programs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import messages


class Command(BaseCommand):
    help = "Compile the catalogues that changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to compile what did not change, too."""
        parser.add_argument("--force", action="store_true", help="also those that did not change")

    def handle(self, *_args: Any, force: bool, **_options: Any) -> None:
        """Compile, and name what was written."""
        for target in messages.compile_all(force=force):
            self.stdout.write(f"Compiled {target.relative_to(target.parents[4])}")
