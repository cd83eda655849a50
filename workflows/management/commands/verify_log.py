"""`manage.py verify_log`: is the log whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.models import Case, TransitionRecord
from workflows.services.seals import exported_seals
from workflows.services.verify import fingerprint, verify_log


class Command(BaseCommand):
    """Finds any edit, deletion, insertion, reordering or truncation of the log; exits with 1 where there is one."""

    help = "Check every chain of the log, and the exported seals."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked, and each finding on a line."""
        findings = verify_log()
        for finding in findings:
            self.stderr.write(str(finding))
        counts = f"{Case.objects.count()} cases, {TransitionRecord.objects.count()} rows, {len(exported_seals())} seals"
        if findings:
            raise CommandError(f"The log is not whole: {len(findings)} findings in {counts}.")
        self.stdout.write(f"The log is whole: {counts}. Fingerprint {fingerprint()}.")
