"""What all the stories of the demonstration share: the clock, the libraries, calls moved to dates near today."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from grants.accounts.demo import ACCOUNTS, DOMAIN, PASSWORD
from grants.calls.models import Call
from grants.organisations.models import Organisation
from tests.scenarios.demo.cast import Applicant
from tests.scenarios.people import People
from tests.scenarios.story import ZONE, Story
from workflows import clock

DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?$")
BEGINS = timedelta(days=450)
"""How long before today the first story begins."""


def shifted(value: Any, days: int) -> Any:
    """The same document with every date moved by so many days."""
    if isinstance(value, dict):
        return {key: shifted(inner, days) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, days) for inner in value]
    if isinstance(value, str) and (found := DAY.match(value)):
        return (date.fromisoformat(found[1]) + timedelta(days=days)).isoformat() + (found[2] or "")
    return value


class Telling:
    """One telling of the demonstration; each story is a class on top of this one."""

    def __init__(self, say: Callable[[str], None] = lambda text: None) -> None:
        self.say = say
        self.now = clock.read().astimezone(ZONE)
        people = People(DOMAIN, password=PASSWORD, is_demo=True, who_signs_in=frozenset(ACCOUNTS))
        self.story = Story(people, start=self.now - BEGINS)
        self.libraries: dict[str, tuple[Organisation, Any]] = {}

    def library(self, applicant: Applicant) -> tuple[Organisation, Any]:
        """The organisation of an applicant and its director; made when first asked for."""
        if applicant.code not in self.libraries:
            people = self.story.people
            organisation = people.library(
                applicant.code, applicant.name, applicant.municipality, legal_code=applicant.legal_code
            )
            self.libraries[applicant.code] = (
                organisation, people.member(organisation, applicant.account, applicant.director)
            )  # fmt: skip
        return self.libraries[applicant.code]

    def call(self, name: str, code: str, closes_in: int) -> Call:
        """One of the example calls, moved by whole weeks so that it closes in about so many days."""
        document = self.story.document(name)
        closes = date.fromisoformat(document["call"]["dates"]["closes"][:10])
        weeks = round(((self.now.date() + timedelta(days=closes_in)) - closes).days / 7)
        moved = shifted(document, weeks * 7)
        moved["call"]["code"] = code
        opens = datetime.fromisoformat(moved["call"]["dates"]["opens"]).replace(tzinfo=ZONE)
        self.story.travel.to(opens - timedelta(days=1))
        return self.story.call(document=json.loads(json.dumps(moved)))

    def days_ago(self, days: float) -> datetime:
        """So many days before today."""
        return self.now - timedelta(days=days)

    def morning(self, day: date) -> datetime:
        """Half past nine of a day."""
        return datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZONE)
