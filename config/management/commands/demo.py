"""`manage.py demo`: load the demonstration."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser

from config.demo_reset import empty_everything


class Command(BaseCommand):
    help = "Load the demonstration's data."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what happens to data that is there already."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--if-empty", action="store_true", help="only where nothing was loaded yet")
        choice.add_argument("--reset", action="store_true", help="throw everything away first")

    def handle(self, *_args: Any, reset: bool = False, **_options: Any) -> None:
        """Load the reference data; the stories follow with the scenario language."""
        if reset:
            empty_everything()
        if "load_reference" in get_commands():
            call_command("load_reference")
