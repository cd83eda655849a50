"""A story moves one competition through its life, in the words of the people who do it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict

from grants.accounts.models import User
from grants.applications.models import Application
from grants.applications.selectors import checklist_items
from grants.applications.services import (
    accept_application,
    record_checks,
    save_section,
    start_application,
    submit_application,
)
from grants.calls.models import Call
from grants.calls.services import close_call, load_call, open_call, schedule_call, set_fundings
from grants.evaluation.services import load_indicators
from grants.money.models import Funding, FundingSource
from grants.money.services import load_sources, open_funding
from grants.organisations.models import Organisation
from grants.organisations.services.reference import load_reference
from grants.projects.models import Project
from tests.scenarios import content
from tests.scenarios.measuring import Measuring
from tests.scenarios.people import People
from tests.scenarios.selecting import Selecting
from tests.scenarios.working import Working
from workflows import clock
from workflows.actors import SYSTEM

DOCUMENTS = Path(settings.BASE_DIR) / "grants" / "calls" / "data"
ZONE = ZoneInfo("Europe/Vilnius")


class Story(Selecting, Working, Measuring):
    """One story with a clock of its own. Everything happens through services, at the story's time."""

    def __init__(self, people: People | None = None, start: datetime | None = None) -> None:
        self.people = people or People()
        self.travel = clock.Travel(start or datetime(2027, 1, 11, 8, tzinfo=ZONE))

    @contextmanager
    def told(self) -> Iterator["Story"]:
        """Let the story's clock answer for as long as it is told."""
        with clock.replaced(self.travel):
            yield self

    def at(self, text: str) -> "Story":
        """Go to a wall time in Vilnius: `2027-03-05 16:59`."""
        self.travel.to(datetime.fromisoformat(text).replace(tzinfo=ZONE))
        return self

    def later(self, **parts: float) -> "Story":
        """Let time pass."""
        self.travel.forward(**parts)
        return self

    @property
    def today(self) -> date:
        """The day in Vilnius."""
        return self.travel.at.astimezone(ZONE).date()

    def reference(self) -> "Story":
        """Municipalities, libraries, funding sources and indicators, as the product ships them."""
        load_reference()
        load_sources()
        load_indicators()
        return self

    def document(self, name: str) -> dict[str, Any]:
        """An example call's document: `bp-2027-1` or `nom-2027`."""
        return json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))

    def call(self, name: str = "bp-2027-1", *, document: dict[str, Any] | None = None) -> Call:
        """Load a call, put money behind it, schedule and open it at its own time."""
        document = document or self.document(name)
        coordinator = self.people.staff("coordinator")
        call = load_call(document, coordinator).call
        if call.terms.grants_money:
            set_fundings(call=call, amounts={self.money(call): call.terms.total or Decimal(0)}, by=coordinator)
        schedule_call(call=call, by=coordinator)
        if self.travel.at < call.opens_at:
            self.travel.to(call.opens_at)
        open_call(call=call, by=SYSTEM)
        return call

    def money(self, call: Call) -> Funding:
        """Confirmed state money for the year of a call, enough for it."""
        source = FundingSource.objects.get(code="valstybes")
        year = call.opens_at.year
        known = Funding.objects.filter(source=source, year=year, programme_code=call.programme.code).first()
        return known or open_funding(
            source=source, year=year, amount=call.terms.total or Decimal(0), stage="confirmed",
            programme_code=call.programme.code, by=self.people.staff("finance"),
        )  # fmt: skip

    def draft(self, call: Call, library: Organisation, by: User, **given: Any) -> Application:
        """Begin an application and fill in everything but the declarations."""
        if call.terms.grants_money:
            starts = (call.closes_at + timedelta(days=90)).date().isoformat()
            ends = (call.closes_at + timedelta(days=330)).date().isoformat()
            sections = content.project_application(
                **{"title": "Skaitmeninės dirbtuvės atokiuose filialuose", "director": by.full_name,
                   "municipality": library.municipality_id, "starts": starts, "ends": ends, **given}
            )  # fmt: skip
            nomination = None
        else:
            key = given.pop("nomination", "library/innovation")
            nomination = call.nominations.get(category_key=key.split("/")[0], key=key.split("/")[1])
            sections = content.contest_application(**{"nomination": key, "director": by.full_name, **given})
        application = start_application(call=call, organisation=library, by=by, nomination=nomination).application
        for section, data in sections.items():
            save_section(application=application, section_id=section, data=data, by=by)
        if call.terms.grants_money:
            annexes = content.project_annexes()
            save_section(application=application, section_id="annexes", data=QueryDict(), by=by, files=annexes)
        application.refresh_from_db()
        return application

    def submit(self, application: Application, by: User, key: str = "") -> Project:
        """Submit an application with its declarations; answers the project."""
        money = application.project.call.terms.grants_money
        declarations = content.PROJECT_DECLARATIONS if money else content.CONTEST_DECLARATIONS
        submit_application(
            application=application, by=by, key=key or f"submit-{application.pk}-{application.version_no}",
            declarations=declarations, language=by.language,
        )  # fmt: skip
        return Project.objects.get(pk=application.project_id)

    def applied(self, call: Call, library: Organisation, by: User, **given: Any) -> Project:
        """A submitted application."""
        return self.submit(self.draft(call, library, by, **given), by)

    def closed(self, call: Call) -> Call:
        """The deadline passes and the call closes."""
        self.travel.to(call.closes_at + timedelta(minutes=1))
        call.refresh_from_db()
        close_call(call=call, by=SYSTEM)
        return call

    def accepted(self, project: Project) -> Project:
        """The check is done: every point of the checklist answered yes, the application goes to selection."""
        coordinator = self.people.staff("coordinator")
        answers = {item["id"]: ("yes", "") for item in checklist_items(project.call)}
        record_checks(project=project, answers=answers, by=coordinator)
        accept_application(project=project, by=coordinator)
        return project
