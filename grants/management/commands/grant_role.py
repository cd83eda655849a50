"""Gives the first administrator the role that only an administrator can give."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.accounts.selectors import person_by_email
from grants.accounts.services import grant_role
from grants.accounts.states import Role
from workflows.actors import SYSTEM


class Command(BaseCommand):
    """`manage.py grant_role rasa@example.org administrator`: the person signs up first, as everybody does."""

    help = "Give a role to a person who has an account; meant for the first administrator of an installation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the person and the role."""
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--reason", default="given on the command line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role, or say that nobody has this address."""
        person = person_by_email(options["email"])
        if person is None:
            raise CommandError(f"Nobody has an open account with {options['email']}. Sign up first.")
        grant_role(person=person, role=options["role"], by=SYSTEM, reason=options["reason"])
        self.stdout.write(f"{person.email} holds the role {options['role']}.")
