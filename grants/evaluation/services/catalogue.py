"""Loading of the catalogue of indicators that is shipped with the product."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from grants.evaluation.models import IndicatorDefinition

DATA = Path(__file__).resolve().parent.parent / "data" / "indicators.csv"
DIRECTIONS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class Loaded:
    """How many indicators the file holds, and how many of them were new or different."""

    indicators: int
    changed: int


def catalogue_rows() -> Iterator[dict[str, object]]:
    """The rows of the shipped file, ready for the table."""
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {**row, "ascending": DIRECTIONS[row["ascending"]]}


@transaction.atomic
def load_indicators() -> Loaded:
    """Bring the catalogue into step with the shipped file. Twice changes nothing; nothing is ever deleted."""
    known = {definition.code: definition for definition in IndicatorDefinition.objects.all()}
    count = changed = 0
    for row in catalogue_rows():
        count += 1
        definition = known.get(str(row["code"]), IndicatorDefinition())
        if all(getattr(definition, name) == value for name, value in row.items()):
            continue
        for name, value in row.items():
            setattr(definition, name, value)
        definition.save()
        changed += 1
    return Loaded(count, changed)
