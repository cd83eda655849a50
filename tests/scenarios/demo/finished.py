"""The big competition, modelled on that of 2015: 57 applications, 30 planned, 32 funded at first, 13 more later."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from grants.applications.models import Application
from grants.applications.services import find_ineligible, withdraw_application
from grants.calls.models import Call
from grants.calls.services import begin_deciding, decide_call, set_fundings
from grants.money.models import Funding, FundingSource
from grants.money.services import open_funding
from grants.projects.models import Project
from tests.scenarios.demo.cast import EVALUATORS, Applicant, applicants
from tests.scenarios.demo.endings import Endings

UNDECIDED = ("withdrawn", "ineligible")
NOT_AWARDED = {"second_wave": "reserve", "reserve": "reserve", "decline": "decline"}
MORE_MONEY = Decimal(330_000)
SHARES = {"strong": "0.8", "middle": "0.65", "weak": "0.4"}
LEANINGS = {
    "strong": ("0", "0", "0.2", "0.2", "-0.2"),
    "middle": ("0", "0", "0", "0.2"),
    "weak": ("0", "0", "0.2", "-0.2"),
}
"""By how much an evaluator goes above or below the share, criterion by criterion; drawn by the same dice every time."""
STRONG = (
    "Stipri paraiška: aiškus poreikis ir tikros partnerystės.",
    "Veiklos susietos su tikslu, biudžetas pagrįstas. Pasvarstykite, kas ves užsiėmimus po projekto.",
)
WEAK = (
    "Sumanymas gražus, bet poreikis nepagrįstas: nei apklausos, nei skaičių, kiek žmonių dalyvaus.",
    "Neaišku, kaip veiklos lems žadamą pokytį ir kas tęsis projektui pasibaigus.",
)
"""What the two evaluators tell the applicant."""
REASONS = {
    "reserve": "Įvertinta gerai, bet kvietimo lėšų neužteko; paraiška lieka rezerve.",
    "decline": "Nesurinkta 60 balų: neaišku, kaip veiklos lemia žadamą pokytį.",
}


class Finished(Endings):
    """From the call to the day on which money is shared out; what follows is told in fates.py."""

    def finished_competition(self) -> None:
        """Everything up to the decisions, then each project's own way."""
        self.say("a competition of 57 applications: submitted, checked, scored")
        story = self.story
        cast = applicants()
        call = self.call("bp-2027-1", f"BP-{self.days_ago(330).year}-1", -330)
        projects = {applicant: self._applied(call, applicant) for applicant in cast}
        story.closed(call)
        story.later(days=5)
        for applicant, project in projects.items():
            self._checked(applicant, project)
        story.later(days=12)
        self._scored(call, {a: p for a, p in projects.items() if a.fate not in UNDECIDED})
        self.say("45 of them funded: 32 at first, 13 with money that came later")
        self._decided(call, projects)
        self.say("45 projects on their way: reports on time and late, payments, one that is stuck")
        for applicant, project in projects.items():
            self.lived(applicant, Project.objects.get(pk=project.pk))
        self.say("what came of it: measured, and the impact reports published")
        self.story.travel.to(self.days_ago(2))
        self.story.impact_report("call", call, published=True)

    def _applied(self, call: Call, applicant: Applicant) -> Project:
        library, director = self.library(applicant)
        before = timedelta(days=3, hours=-applicant.number)
        self.story.travel.to(call.closes_at - max(before, timedelta(minutes=7 * applicant.number % 120 + 2)))
        starts, ends = self.period(applicant, call)
        return self.story.applied(
            call, library, director, title=applicant.title, grant=applicant.grant, theme=applicant.theme,
            starts=starts.isoformat(), ends=ends.isoformat(),
        )  # fmt: skip

    def _checked(self, applicant: Applicant, project: Project) -> None:
        story, director = self.story, self.library(applicant)[1]
        story.later(minutes=40)
        if applicant.fate == "withdrawn":
            withdraw_application(
                application=Application.objects.get(project=project),
                by=director,
                reason="Savivaldybė šiemet negali prisidėti prie lėšų.",
            )
        elif applicant.fate == "ineligible":
            find_ineligible(
                project=project, by=story.people.staff("coordinator"), item="own_share",
                reason="Nuosavas indėlis nepagrįstas: savivaldybės raštas yra kitam projektui.",
            )  # fmt: skip
        else:
            story.accepted(project)

    def _scored(self, call: Call, projects: dict[Applicant, Project]) -> None:
        """Two evaluators for each; the better the later fate, the more points."""
        pool = [self.story.evaluator(call, *who) for who in EVALUATORS]
        for at, (applicant, project) in enumerate(projects.items()):
            pair = [pool[at % len(pool)], pool[(at + 1 + at // len(pool)) % len(pool)]]
            weak, leaning = applicant.fate == "decline", LEANINGS[self._place(applicant)]
            self.story.later(hours=7)
            for evaluator, told in zip(pair, WEAK if weak else STRONG, strict=True):
                dice = Random(f"{applicant.code} {evaluator.user.email}")
                self.story.reviewed(
                    project, [evaluator], share=SHARES[self._place(applicant)], told=told,
                    spread=[dice.choice(leaning) for _criterion in range(8)],
                    panel="Nesiūlau finansuoti." if weak else "Siūlau finansuoti.",
                    recommendation="decline" if weak else "fund",
                )  # fmt: skip

    def _place(self, applicant: Applicant) -> str:
        """Among the strong, those for whom money came later or never, or the weak below the pass mark of 60."""
        if applicant.fate == "decline":
            return "weak"
        return "middle" if applicant.fate in ("second_wave", "reserve") else "strong"

    def _decided(self, call: Call, projects: dict[Applicant, Project]) -> None:
        story = self.story
        story.travel.to(call.closes_at + timedelta(days=66))
        coordinator = story.people.staff("coordinator")
        begin_deciding(call=call, by=coordinator)
        first = [self._outcome(applicant, project) for applicant, project in projects.items()
                 if applicant.fate not in UNDECIDED]  # fmt: skip
        decisions = story.decided_together(call, first)
        story.later(days=2).announced(call, decisions)
        story.travel.to(call.closes_at + timedelta(days=128))
        behind = {behind.funding: behind.amount for behind in call.fundings.select_related("funding")}
        set_fundings(call=call, amounts={**behind, self._more_money(call): MORE_MONEY}, by=coordinator)
        second = [(Project.objects.get(pk=project.pk), "award", applicant.grant, "Atsirado papildomų lėšų.")
                  for applicant, project in projects.items() if applicant.fate == "second_wave"]  # fmt: skip
        story.announced(call, story.decided_together(call, second))
        call.refresh_from_db()
        decide_call(call=call, by=coordinator)

    def _outcome(self, applicant: Applicant, project: Project) -> tuple[Project, str, Any, str]:
        if outcome := NOT_AWARDED.get(applicant.fate):
            return project, outcome, None, REASONS[outcome]
        return project, "award", applicant.grant, ""

    def _more_money(self, call: Call) -> Funding:
        """Sponsors' money that came after the first decision."""
        return open_funding(
            source=FundingSource.objects.get(code="remeju"), year=call.opens_at.year, amount=MORE_MONEY,
            stage="confirmed", programme_code=call.programme.code, by=self.story.people.staff("finance"),
        )  # fmt: skip
