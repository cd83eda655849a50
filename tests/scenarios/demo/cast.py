"""Who applies in the demonstration: 57 invented libraries in real municipalities, and what becomes of each."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Applicant:
    """One invented library with its invented director, its project and its fate (fates.py says what each means)."""

    code: str
    place: str
    municipality: str
    director: str
    title: str
    theme: str
    grant: int
    """EUR asked for."""
    fate: str

    @property
    def number(self) -> int:
        """1 to 57: the order in which they are told."""
        return int(self.code.removeprefix("PVZ-"))

    @property
    def name(self) -> str:
        """What the library is called."""
        return f"{self.place} viešoji biblioteka"

    @property
    def account(self) -> str:
        """The director's address before the @; the first one's is that of the demonstration's applicant."""
        return "applicant" if self.number == 1 else f"direktorius-{self.number:02}"

    @property
    def legal_code(self) -> str:
        """A code that no library has."""
        return f"199000{self.number:03}"


def applicants() -> list[Applicant]:
    """All of them, in order."""
    with (Path(__file__).parent / "applications.csv").open(encoding="utf-8", newline="") as file:
        return [Applicant(**{**row, "grant": int(row["grant"])}) for row in csv.DictReader(file)]


EVALUATORS = (
    ("evaluator", "Evalda Evaldaitė"),
    ("vertintojas-2", "Vytautas Vertaitis"),
    ("vertintojas-3", "Rima Rimaitė"),
    ("vertintojas-4", "Kazys Kazaitis"),
    ("vertintojas-5", "Aušra Aušraitė"),
    ("vertintojas-6", "Henrikas Henraitis"),
    ("vertintojas-7", "Liucija Liucaitė"),
    ("vertintojas-8", "Bronius Bronaitis"),
    ("vertintojas-9", "Marija Maraitytė"),
    ("vertintojas-10", "Leonas Leonaitis"),
)
"""The pool of the big competition; the first five are the jury of the contest."""
