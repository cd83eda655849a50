"""`manage.py draw_policy`: draw the policy table; `--check` fails where docs and table differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.policy_drawing import page, path


class Command(BaseCommand):
    """Writes docs/policy.md, or compares it."""

    help = "Draw the policy table."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="compare only; exit with 1 where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        wanted, place = page(), path()
        if not options["check"]:
            place.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"Drew {place.name}.")
        elif not place.exists() or place.read_text(encoding="utf-8") != wanted:
            raise CommandError(f"Run manage.py draw_policy; docs/{place.name} differs from the policy table.")
        else:
            self.stdout.write(f"{place.name} is as the policy table.")
