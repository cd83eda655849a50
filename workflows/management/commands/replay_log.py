"""`manage.py replay_log`: does the log lead to where everything stands?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.registry import machines
from workflows.services.verify import replay_log


class Command(BaseCommand):
    """Rebuilds every state from the log and compares; exits with 1 where they differ."""

    help = "Rebuild every state from the log and compare it with the rows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each finding on a line."""
        findings = replay_log()
        for finding in findings:
            self.stderr.write(str(finding))
        if findings:
            raise CommandError(f"The log does not lead to the present states: {len(findings)} findings.")
        self.stdout.write(f"The log leads to the present states of all {len(machines())} machines.")
