"""`manage.py demo`: load the demonstration."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser
from django.test.utils import override_settings

from config.demo_reset import empty_everything


class Command(BaseCommand):
    help = "Load the demonstration's data."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what happens to data that is there already."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--if-empty", action="store_true", help="only where nothing was loaded yet")
        choice.add_argument("--reset", action="store_true", help="throw everything away first")

    def handle(self, *_args: Any, reset: bool = False, if_empty: bool = False, **_options: Any) -> None:
        """Tell the stories; where some were told already, `--if-empty` leaves them alone."""
        if reset:
            empty_everything()
        if if_empty and get_user_model().objects.exists():
            return
        from tests.scenarios import demo  # noqa: PLC0415  only a demonstration needs the story language

        self._say("Loading the demonstration")
        with override_settings(DEBUG=False):  # Django would write every one of its statements down a second time
            demo.load(self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
