"""Loads the municipalities, libraries, funding sources and indicators that are shipped with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from grants.evaluation.services import load_indicators
from grants.money.services import load_sources
from grants.organisations.services.reference import load_reference


class Command(BaseCommand):
    """`manage.py load_reference`: may be run at any time, twice changes nothing."""

    help = "Load the 60 municipalities and 66 libraries of Lithuania, the funding sources and indicators."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many rows there are and how many changed."""
        loaded = load_reference()
        sources = load_sources()
        catalogue = load_indicators()
        self.stdout.write(
            f"{loaded.municipalities} municipalities, {loaded.libraries} libraries, "
            f"{loaded.former_names} former names; {loaded.changed} changed. {len(sources)} funding sources. "
            f"{catalogue.indicators} indicators, {catalogue.changed} changed."
        )
