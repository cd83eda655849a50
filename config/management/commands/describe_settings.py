"""`manage.py describe_settings`: write docs/settings.md out of config/environment.py; `--check` only compares."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.environment import as_table

HEAD = """# Settings

Every variable that Pažanga reads from its environment. This page is written by `manage.py describe_settings` from
`config/environment.py`, the only place that reads them; a variable that is not listed there cannot be read. A value
that cannot be understood keeps the servers from starting, with one sentence each (`manage.py check` shows them too).

`.env.example` is a file to begin with; [running.md](running.md) says which ones production needs.

"""


class Command(BaseCommand):
    help = "Describe every setting in docs/settings.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="compare only; exit with 1 where they differ")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Write or compare.

        Raises CommandError when the page differs from the code.
        """
        page = settings.BASE_DIR / "docs" / "settings.md"
        wanted = HEAD + as_table()
        if not check:
            page.write_text(wanted, encoding="utf-8")
            self.stdout.write("Wrote docs/settings.md")
        elif not page.exists() or page.read_text(encoding="utf-8") != wanted:
            raise CommandError("Run manage.py describe_settings: docs/settings.md differs from the code.")
        else:
            self.stdout.write("docs/settings.md is as the code.")
