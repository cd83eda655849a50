"""`manage.py seal_log`: seal the log and export the seal."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.services.seals import seal, seals_folder


class Command(BaseCommand):
    """Adds a seal over the ends of all chains; the file belongs outside the reach of the database's owner."""

    help = "Seal the log and export the seal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the root."""
        row = seal()
        self.stdout.write(f"Sealed {row.records} rows of {row.cases} cases in {seals_folder()}: {row.root}")
