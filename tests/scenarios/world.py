"""One world with a person in every role and a thing in every situation that the policy table tells apart."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser

from grants.accounts.models import User
from grants.accounts.services import grant_role
from grants.applications.services import ask_clarification
from grants.calls.services import load_call
from grants.implementation.models import Agreement
from grants.implementation.services import (
    report_milestone,
    request_payment,
    save_expense,
    save_report,
)
from grants.organisations.models import Organisation
from grants.organisations.services.members import add_member
from grants.projects.models import Project
from grants.questionnaires.models import Document
from grants.selection.models import ConflictDeclaration
from grants.selection.services import (
    confirm_decisions,
    declare_own_conflict,
    draft_decision,
    propose_decisions,
    submit_review,
)
from grants.selection.services.conflicts import ask_about_conflict
from tests.scenarios.secrets import AMOUNTS, NAMES, SECRETS
from tests.scenarios.story import Story
from tests.scenarios.surroundings import Surroundings
from workflows.actors import SYSTEM
from workflows.models import Message

TEAM = ("viewer", "editor", "submitter", "admin")
FUNDERS = ("coordinator", "finance", "head", "administrator", "auditor")
EVALUATORS = ("evaluator_cleared", "evaluator_asked", "evaluator_unassigned", "excluded_evaluator_on_team")

EVERY_PROJECT = (
    "draft", "application", "selection", "proposed", "confirmed", "declined", "awarded", "implementation",
)  # fmt: skip
"""The projects of the world, each of a library of its own whose team is the same people."""


class World(Surroundings):
    """Builds the world once; `people` by role and `things` by (kind, situation)."""

    def __init__(self) -> None:
        self.story = Story()
        self.people: dict[str, Any] = {"signed_out": AnonymousUser()}
        self.things: dict[tuple[str, str], Any] = {}
        self.libraries: dict[str, Organisation] = {}
        self.projects: dict[str, Project] = {}

    def build(self) -> "World":
        """Tell the whole story; the clock stays where it ends."""
        self.story.reference()
        self._staff()
        self.call = self.story.call()
        self.other_call()
        for name in EVERY_PROJECT:
            self._library(name)
        self._apply()
        self._select()
        self._implement()
        self._rest()
        return self

    def person(self, role: str) -> Any:
        """The person of a role, read anew, so that nothing is remembered from before."""
        known = self.people[role]
        return known if known.pk is None else User.objects.get(pk=known.pk)

    def thing(self, kind: str, situation: str) -> Any:
        """The thing in this situation, read anew."""
        known = self.things[kind, situation]
        return type(known)._default_manager.get(pk=known.pk)

    # --- people ---------------------------------------------------------------------------------------------------
    def _staff(self) -> None:
        people = self.story.people
        for role in FUNDERS:
            key = "admin" if role == "administrator" else role
            self.people[role] = people.staff(key)
        self.people["excluded_coordinator"] = people.person("keista", "Kęsta Nušalintoji")
        grant_role(person=self.people["excluded_coordinator"], role="coordinator", by=SYSTEM)
        for role in (*TEAM, *EVALUATORS):
            self.people[role] = people.person(f"t-{role.replace('_', '-')}", NAMES.get(role, f"Vardas {role.title()}"))
        self.people["superuser"] = people.person("superuser", "Viskas Galintis")
        User.objects.filter(pk=self.people["superuser"].pk).update(is_superuser=True, is_staff=True)
        other = people.library("PVZ-99", "Kitos vietos biblioteka", "LT-02")
        self.people["other_admin"] = people.member(other, "kita", "Kita Kitaitė")
        self.people["nobody"] = people.person("niekas", "Niekas Neturintis")

    def _library(self, name: str) -> None:
        at = len(self.libraries) + 1
        library = self.story.people.library(f"PVZ-{at:02}", f"Biblioteka „{name.title()}“")
        for role in ("admin", "viewer", "editor", "submitter"):
            add_member(organisation=library, user=self.people[role], role=role, by=SYSTEM)
        add_member(organisation=library, user=self.people["excluded_evaluator_on_team"], role="viewer", by=SYSTEM)
        self.libraries[name] = library

    # --- stages ---------------------------------------------------------------------------------------------------
    def other_call(self) -> None:
        """A call that is not published: known to the funder alone."""
        coordinator = self.people["coordinator"]
        self.things["call", "draft"] = load_call(self.story.document("nom-2027"), coordinator).call

    def _apply(self) -> None:
        story = self.story.at("2027-02-20 10:00")
        for name, library in self.libraries.items():
            application = story.draft(self.call, library, self.people["admin"], grant=10_000, title=f"Projektas {name}")
            if name != "draft":
                story.submit(application, self.people["admin"])
            self.projects[name] = Project.objects.get(pk=application.project_id)
        story.closed(self.call)
        self.call.refresh_from_db()

    def _select(self) -> None:
        story, coordinator = self.story.later(days=3), self.people["coordinator"]
        in_selection = [name for name in EVERY_PROJECT if name not in {"draft", "application"}]
        pool = {role: story.evaluator(self.call, f"t-{role.replace('_', '-')}") for role in EVALUATORS}
        for name in EVERY_PROJECT:
            project = self.projects[name]
            if name in in_selection:
                story.accepted(project)
            ask_about_conflict(project=project, user=self.people["excluded_evaluator_on_team"], by=coordinator)
            declare_own_conflict(
                project=project, by=self.people["excluded_coordinator"], ground=SECRETS["ground_coordinator"]
            )
        for name in in_selection:
            project = self.projects[name]
            review = story.written(story.assigned(project, pool["evaluator_cleared"]), panel=SECRETS["panel"])
            if name != "selection":
                submit_review(review=review, by=self.people["evaluator_cleared"])
            answer = {"proposed": "possible"}.get(name)
            story.assigned(project, pool["evaluator_asked"], answer, ground=SECRETS["ground"] if answer else "")
            self.things["review", "submitted" if name != "selection" else "draft"] = review
        for name, state in (("selection", "asked"), ("proposed", "possible")):
            found = ConflictDeclaration.objects.get(project=self.projects[name], user=self.people["evaluator_asked"])
            self.things["conflictdeclaration", state] = found
        self._decide(story.later(days=10))

    def _decide(self, story: Story) -> None:
        coordinator, head = self.people["coordinator"], self.people["head"]
        made = {}
        for name in ("selection", "proposed", "confirmed", "declined", "awarded", "implementation"):
            outcome = "decline" if name == "declined" else "award"
            amount = None if outcome == "decline" else AMOUNTS.get(name, Decimal(10_000))
            made[name] = draft_decision(
                project=self.projects[name], outcome=outcome, amount=amount, by=coordinator,
                reason=SECRETS["declined"] if outcome == "decline" else SECRETS["reason"] if name in AMOUNTS else "",
            )  # fmt: skip
        later = [made[name] for name in made if name != "selection"]
        propose_decisions(call=self.call, by=coordinator, decisions=later, despite_doubts=True)
        confirm_decisions(call=self.call, by=head, decisions=[d for d in later if d is not made["proposed"]])
        story.announced(self.call, [made["declined"], made["awarded"], made["implementation"]])
        words = {"selection": "draft", "proposed": "proposed", "confirmed": "confirmed", "implementation": "announced"}
        for name, state in words.items():
            self.things["decision", state] = made[name]
            made[name].refresh_from_db()
        for project in self.projects.values():
            project.refresh_from_db()

    def _implement(self) -> None:
        story = self.story.at("2027-05-20 10:00")
        project, admin = self.projects["implementation"], self.people["admin"]
        story.signed(project, date(2027, 6, 1), date(2028, 1, 31))
        advance, second, final = project.payments.order_by("ordinal")
        story.at("2027-06-05 10:00").paid(advance)
        for report in project.reports.filter(due_on__lte=date(2027, 12, 20)).order_by("due_on"):
            day = report.due_on
            story.travel.to(story.travel.at.replace(year=day.year, month=day.month, day=day.day))
            story.accepted_report(report, admin, share="0.2")
            self.things["progressreport", "accepted"] = report
        request_payment(payment=second, by=self.people["coordinator"], condition_note="Matyti iš ataskaitos.")
        self.things |= {("payment", "paid"): advance, ("payment", "requested"): second, ("payment", "planned"): final}
        rest = list(project.reports.exclude(state="accepted").order_by("due_on"))
        self.things["progressreport", "draft"] = save_report(
            report=rest[-1], by=admin, done=SECRETS["report"], difficulties="", next_steps=""
        )
        milestones = list(project.milestones.order_by("order"))
        report_milestone(milestone=milestones[0], by=admin, evidence="Dalyvių sąrašai.")
        self.things |= {("milestone", "submitted"): milestones[0], ("milestone", "planned"): milestones[1]}
        self.things["agreement", "draft"] = Agreement.objects.get(project=self.projects["awarded"])
        self.things["agreement", "signed"] = Agreement.objects.get(project=project)

        line = project.agreement.lines.first()
        self.expense = save_expense(
            report=rest[-1], by=admin, line=line, description="Kėdės", document="AB 7", amount=Decimal(10),
            spent_on=date(2027, 12, 1),
        )  # fmt: skip

    def _rest(self) -> None:
        for name, project in self.projects.items():
            self.things["project", name] = project
            self.things["application", name] = project.application
        self.things["call", "published"] = self.call
        self._papers()
        self._of_the_funder()
        self._of_organisations()
        self._measured()

    def _papers(self) -> None:
        """Versions, annexes, a request for clarification, what the coordinator kept away declared."""
        checked, draft, project = (self.projects[name] for name in ("application", "draft", "selection"))
        sections = [checked.application.sheet.questionnaire.definition["sections"][0]["id"]]
        self.things["clarification", "asked"] = ask_clarification(
            application=checked.application, sections=sections, question=SECRETS["question"], working_days=10,
            by=self.people["coordinator"],
        )  # fmt: skip
        self.things["submittedversion", "submitted"] = project.application.versions.get()
        self.things["document", "draft"] = Document.objects.filter(sheet=draft.application.sheet).first()
        self.things["document", "submitted"] = Document.objects.filter(sheet=project.application.sheet).first()
        self.things["conflictdeclaration", "declared"] = ConflictDeclaration.objects.get(
            project=project, user=self.people["excluded_coordinator"]
        )
        letters = Message.objects.filter(kind="decision_award", to_user=self.people["admin"])
        self.things["message", "letter"] = letters.get(case=self.projects["implementation"].case)
        self.things["message", "to_evaluator"] = Message.objects.get(
            kind="review_assigned", to_user=self.people["evaluator_cleared"], case=project.case
        )
