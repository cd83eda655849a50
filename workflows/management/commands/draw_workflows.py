"""`manage.py draw_workflows`: draw every machine from code; `--check` fails where docs and code differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.drawing import drawings, folder


class Command(BaseCommand):
    """Writes docs/machines/*.md, or compares them."""

    help = "Draw every machine from code."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="compare only; exit with 1 where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        wanted = drawings()
        place = folder()
        present = {path.name: path.read_text(encoding="utf-8") for path in place.glob("*.md")} if place.exists() else {}
        if options["check"]:
            differing = sorted(name for name in {*wanted, *present} if wanted.get(name) != present.get(name))
            if differing:
                raise CommandError(f"Run manage.py draw_workflows; these differ from the code: {', '.join(differing)}")
            self.stdout.write(f"{len(wanted) - 1} drawings are as the code.")
            return
        place.mkdir(parents=True, exist_ok=True)
        for name in set(present) - set(wanted):
            (place / name).unlink()
        for name, text in wanted.items():
            (place / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"Drew {len(wanted) - 1} machines.")
