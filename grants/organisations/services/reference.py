"""Loading of the municipalities and libraries that are shipped with the product."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import models, transaction

from grants.organisations.models import Municipality, Organisation
from grants.organisations.services.names import record_former_name, rename_organisation

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Loaded:
    """How many rows the files hold, and how many of them were new or different."""

    municipalities: int
    libraries: int
    former_names: int
    changed: int


def rows(file_name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the shipped files."""
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@transaction.atomic
def load_reference() -> Loaded:
    """Bring municipalities, libraries and their earlier names into step with the shipped files.

    Twice changes nothing. Nothing is ever deleted: codes are kept for good.
    """
    places = [_municipality(row, tile) for row, tile in _municipalities_with_tiles()]
    libraries = [_library(row) for row in rows("libraries.csv")]
    names = [_former_name(row) for row in rows("former_names.csv")]
    return Loaded(len(places), len(libraries), len(names), sum(places) + sum(libraries) + sum(names))


def _municipalities_with_tiles() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    tiles = {row["code"]: row for row in rows("tilegrid.csv")}
    for row in rows("municipalities.csv"):
        yield row, tiles[row["code"]]


def _municipality(row: dict[str, str], tile: dict[str, str]) -> bool:
    values: dict[str, object] = {key: row[key] for key in row if key != "code"}
    values |= {
        "population": int(row["population"]),
        "tile_row": int(tile["row"]),
        "tile_col": int(tile["col"]),
        "tile_label": tile["label"],
    }
    known = Municipality.objects.filter(pk=row["code"]).first()
    return _store(known or Municipality(code=row["code"]), values)


def _library(row: dict[str, str]) -> bool:
    values: dict[str, object] = {
        "kind": row["kind"],
        "municipality_id": row["municipality"],
        "city": row["city"],
        "domain": row["domain"],
    }
    known = Organisation.objects.filter(code=row["code"]).first()
    is_renamed = known is None or known.name != row["name"]
    library = known or Organisation(code=row["code"], name=row["name"])
    is_changed = _store(library, values)
    rename_organisation(organisation=library, name=row["name"])
    return is_changed or is_renamed


def _former_name(row: dict[str, str]) -> bool:
    return record_former_name(
        organisation=Organisation.objects.get(code=row["code"]),
        name=row["name"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        note=row["note"],
    )


def _store(row: models.Model, values: dict[str, object]) -> bool:
    """Write the values where one of them differs; True when something was written."""
    if not row._state.adding and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True
