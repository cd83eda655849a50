"""`manage.py prepare`: everything between a new version and its start, in one process."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import font_cutting, messages
from config.checks import refuse_to_start_if_misconfigured


class Command(BaseCommand):
    help = "Compile translations, migrate, make fonts, collect static files; load a demonstration where there is none."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to begin the demonstration anew."""
        parser.add_argument("--reset-demo", action="store_true", help="throw the demonstration's data away first")

    def handle(self, *_args: Any, reset_demo: bool, **_options: Any) -> None:
        """Do what is left to do."""
        refuse_to_start_if_misconfigured()
        if reset_demo and not settings.DEMO:
            raise CommandError("Only a demonstration (DEMO=on) can be thrown away.")
        messages.compile_all()
        if reset_demo:
            call_command("demo", reset=True)
            return
        self._say("Preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        for font in font_cutting.make():
            self._say(f"Cutting the font {font.name}")
        if not settings.DEBUG:
            self._say("Collecting static files")
            call_command("collectstatic", interactive=False, verbosity=0, clear=False)
        if settings.DEMO:
            call_command("demo", if_empty=True)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
