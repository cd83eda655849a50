"""The demonstration: real calls' shapes, invented libraries and people, every date relative to today."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from grants.accounts.demo import ACCOUNTS, DOMAIN, PASSWORD
from grants.applications.services import save_section, start_application
from grants.calls.models import Call
from grants.calls.services import begin_deciding, decide_call
from grants.implementation.models import ProgressReport
from grants.implementation.services import return_report
from grants.implementation.services.agreements import period_of
from grants.organisations.models import Organisation
from grants.programmes.services import import_strategy
from grants.projects.models import Project
from grants.selection.services import save_review
from grants.selection.services.reviews import Content
from tests.scenarios import content
from tests.scenarios.people import People
from tests.scenarios.story import ZONE, Story
from workflows import clock
from workflows.services.seals import seal

DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?$")

LIBRARIES = (
    ("PVZ-01", "Ąžuolupio viešoji biblioteka", "LT-01", "applicant", "Vardenė Pavardenė"),
    ("PVZ-02", "Paupio viešoji biblioteka", "LT-23", "direktorius", "Jonas Jonaitis"),
    ("PVZ-03", "Žemaitkiemio viešoji biblioteka", "LT-44", "zemaitkiemis", "Birutė Birutaitė"),
    ("PVZ-04", "Šilagalio viešoji biblioteka", "LT-33", "silagalis", "Petras Petraitis"),
)
"""Invented libraries in real municipalities, each with an invented director."""


def shifted(value: Any, days: int) -> Any:
    """The same document with every date moved by so many days."""
    if isinstance(value, dict):
        return {key: shifted(inner, days) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, days) for inner in value]
    if isinstance(value, str) and (found := DAY.match(value)):
        return (date.fromisoformat(found[1]) + timedelta(days=days)).isoformat() + (found[2] or "")
    return value


class Demo:
    """Tells the demonstration's stories one after another."""

    def __init__(self, say: Callable[[str], None] = lambda text: None) -> None:
        self.say = say
        self.now = clock.read().astimezone(ZONE)
        self.story = Story(People(DOMAIN, password=PASSWORD, is_demo=True), start=self.now - timedelta(days=420))
        self.libraries: dict[str, tuple[Organisation, Any]] = {}

    def tell(self) -> None:
        """All of it, through services; the log is sealed at the end."""
        with self.story.told():
            self._beginnings()
            self._finished_competition()
            self._contest()
            self._open_call()
            self.story.travel.to(self.now)
            seal()

    def _beginnings(self) -> None:
        self.say("people, libraries, the strategy plan")
        story = self.story.reference()
        for key in ("admin", "coordinator", "head", "finance", "auditor"):
            story.people.staff(key)
        for code, name, municipality, key, director in LIBRARIES:
            library = story.people.library(code, name, municipality)
            self.libraries[code] = (library, story.people.member(library, key, director))
        data = (Path(settings.BASE_DIR) / "grants/programmes/data/strategija_2025_2027.txt").read_bytes()
        import_strategy(data=data, by=story.people.staff("coordinator"), name="strategija_2025_2027.txt")

    def _call(self, name: str, code: str, closes_in: int) -> Call:
        """One of the example calls, moved by whole weeks so that it closes in about so many days."""
        document = self.story.document(name)
        closes = date.fromisoformat(document["call"]["dates"]["closes"][:10])
        weeks = round(((self.now.date() + timedelta(days=closes_in)) - closes).days / 7)
        moved = shifted(document, weeks * 7)
        moved["call"]["code"] = code
        opens = datetime.fromisoformat(moved["call"]["dates"]["opens"]).replace(tzinfo=ZONE)
        self.story.travel.to(min(opens, opens - timedelta(days=1)))
        return self.story.call(document=json.loads(json.dumps(moved)))

    def _finished_competition(self) -> None:
        self.say("a competition that was decided: one project complete, one under way, one in reserve, one declined")
        story, year = self.story, (self.now - timedelta(days=330)).year
        call = self._call("bp-2027-1", f"BP-{year}-1", -330)
        titles = ("Skaitmeninės dirbtuvės atokiuose filialuose", "Kaimynų akademija", "Garsinė kraštotyra",
                  "Skaitymo pievelė")  # fmt: skip
        projects = []
        for number, (code, title) in enumerate(zip(self.libraries, titles, strict=True)):
            library, director = self.libraries[code]
            story.travel.to(call.closes_at - timedelta(days=3 - number / 2))
            projects.append(story.applied(call, library, director, title=title, grant=14_400 + 1_800 * number))
        story.closed(call)
        story.later(days=10)
        for project in projects:
            story.accepted(project)
        evaluators = [story.evaluator(call), story.evaluator(call, "vertintojas", "Vytautas Vertaitis")]
        for project, share in zip(projects, ("0.9", "0.8", "0.7", "0.3"), strict=True):
            story.later(days=2).reviewed(project, evaluators, share=share)
        coordinator = story.later(days=20).people.staff("coordinator")
        begin_deciding(call=call, by=coordinator)
        decisions = [
            story.decided(project, outcome, amount)
            for project, outcome, amount in zip(
                projects, ("award", "award", "reserve", "decline"), (14_400, 15_000, None, None), strict=True
            )
        ]
        story.later(days=2).announced(call, decisions)
        decide_call(call=call, by=coordinator)
        self._carried_out(Project.objects.get(pk=projects[0].pk), ends_in=-20, complete=True)
        self._carried_out(Project.objects.get(pk=projects[1].pk), ends_in=70, complete=False)
        self._measured(Project.objects.get(pk=projects[0].pk))

    def _carried_out(self, project: Project, *, ends_in: int, complete: bool) -> None:
        """From the agreement to the end, or to a report that was returned."""
        story, director = self.story, self.libraries[project.organisation.code][1]
        story.travel.to(project.decided_at + timedelta(days=14))
        first, _last = period_of(project)
        starts = max(story.today + timedelta(days=5), first or story.today)
        ends = max(self.now.date() + timedelta(days=ends_in), starts + timedelta(days=60))
        story.signed(project, starts, ends)
        payments = list(project.payments.order_by("ordinal"))
        story.later(days=7).paid(payments[0])
        for report in project.reports.order_by("due_on", "ordinal"):
            if report.due_on > self.now.date() - timedelta(days=5):
                break
            story.travel.to(self._morning(report.due_on - timedelta(days=2)))
            self._report(report, director, payments, complete=complete)
        if complete:
            story.travel.to(max(story.travel.at, self.now - timedelta(days=3)))
            for report in project.reports.exclude(state="accepted").order_by("due_on"):
                story.accepted_report(report, director, share="0.1")
            story.reached(project, director)
            for payment in project.payments.exclude(state="paid").order_by("ordinal"):
                story.paid(payment)
            story.completed(Project.objects.get(pk=project.pk))

    def _measured(self, project: Project) -> None:
        """The finished project is measured, one figure below its plan; what came of it is public."""
        self.say("what came of it: measured, and the impact reports published")
        story, director = self.story, self.libraries[project.organisation.code][1]
        shares = {"events": "1.1", "participants": "1.24", "partnerships": "0"}
        story.later(hours=2).measured(project, director, shares=shares)
        story.later(hours=2).impact_report("project", project, published=True)
        story.impact_report("call", project.call, published=True)

    def _report(self, report: ProgressReport, director: Any, payments: list[Any], *, complete: bool) -> None:
        """Quarterly reports are accepted; the interim one is accepted too, or returned in the project under way."""
        story = self.story
        if report.kind == "interim" and not complete:
            story.reported(report, director, share="0.2")
            return_report(
                report=report, by=story.people.staff("coordinator"),
                note="Pridėkite dalyvių skaičių pagal filialus: jo prašo kvietimo taisyklės.",
            )  # fmt: skip
            return
        story.accepted_report(report, director, share="0.2")
        if report.kind == "interim":
            story.later(hours=3).paid(payments[1])
            payments[1].refresh_from_db()

    def _morning(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZONE)

    def _contest(self) -> None:
        self.say("a contest in the middle of its jury")
        story = self.story
        call = self._call("nom-2027", f"NOM-{self.now.year}", -8)
        projects = []
        for code, nomination in (("PVZ-01", "library/innovation"), ("PVZ-02", "library/innovation"),
                                 ("PVZ-03", "library/partnerships")):  # fmt: skip
            library, director = self.libraries[code]
            story.travel.to(call.closes_at - timedelta(days=2))
            projects.append(story.applied(call, library, director, nomination=nomination))
        story.closed(call)
        story.later(days=1)
        for project in projects:
            story.accepted(project)
        jury = [story.evaluator(call)] + [story.evaluator(call, f"juror{n}", f"Jurorė {n}") for n in range(1, 5)]
        story.reviewed(projects[0], jury[1:], share="0.7")
        story.reviewed(projects[1], jury[1:3], share="0.9")
        review = story.assigned(projects[0], jury[0])
        save_review(review=review, content=Content(comment_panel="Dar pasvarstysiu."), by=jury[0].user)
        story.assigned(projects[1], jury[0], answer=None)
        story.assigned(projects[2], jury[0], answer=None)

    def _open_call(self) -> None:
        self.say("an open call with a draft and a submitted application")
        story = self.story
        call = self._call("bp-2027-1", f"BP-{self.now.year + 1}-1", 12)
        library, director = self.libraries["PVZ-02"]
        story.travel.to(self.now - timedelta(days=2))
        story.applied(call, library, director, title="Robotikos būrelis kaimo bibliotekoje", grant=18_000)
        library, director = self.libraries["PVZ-01"]
        started = start_application(call=call, organisation=library, by=director).application
        sections = content.project_application(
            title="Vakarai su knyga ir e. paslauga", director=director.full_name, municipality=library.municipality_id,
            starts=(call.closes_at + timedelta(days=90)).date().isoformat(),
            ends=(call.closes_at + timedelta(days=330)).date().isoformat(),
        )  # fmt: skip
        for section in ("applicant", "partners", "essence", "need"):
            save_section(application=started, section_id=section, data=sections[section], by=director)


def accounts_text() -> str:
    """What the start prints: every account of the demonstration and the password of all."""
    lines = ["Demonstration accounts, all with the password " + PASSWORD + ":"]
    return "\n".join([*lines, *(f"  {key}@{DOMAIN}" for key in ACCOUNTS)])


def load(say: Callable[[str], None] = lambda text: None) -> None:
    """Tell the demonstration and note its accounts beside the data. Raises RuntimeError outside a demonstration."""
    if not settings.DEMO:
        raise RuntimeError("Demonstration accounts exist only in a demonstration (DEMO=on).")
    Demo(say).tell()
    (settings.VAR_DIR / "demo-accounts.txt").write_text(accounts_text() + "\n", encoding="utf-8")
