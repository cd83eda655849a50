"""Projects for tests, walked to any state by their own steps."""

from datetime import timedelta
from decimal import Decimal

from grants.calls.models import Call
from grants.calls.states import CallState
from grants.projects import services
from grants.projects.models import Project
from grants.projects.states import ProjectState
from tests.grants.calls.makers import CONTEST, GRANT, WHILE_OPEN, call_in, member, organisation, person
from workflows import clock
from workflows.services import perform

S = ProjectState
WAYS_TO = {
    S.CALL: (),
    S.ABANDONED: ("abandon",),
    S.APPLICATION: ("submit",),
    S.SELECTION: ("submit", "accept"),
    S.RESERVE: ("submit", "accept", "reserve"),
    S.INELIGIBLE: ("submit", "find_ineligible"),
    S.DECLINED: ("submit", "accept", "decline"),
    S.WITHDRAWN: ("submit", "withdraw"),
    S.IMPLEMENTATION: ("submit", "accept", "award"),
    S.TERMINATED: ("submit", "accept", "award", "terminate"),
    S.EVALUATION: ("submit", "accept", "award", "complete"),
    S.CLOSED: ("submit", "accept", "award", "complete", "close"),
}
BY_TEAM = {"submit", "abandon", "withdraw"}


class Cast:
    """An open grant call, a library with a submitter, a coordinator and a head."""

    def __init__(self, name=GRANT):
        self.call = call_in(CallState.OPEN, name)
        self.library = organisation()
        self.team = member(self.library)
        self.coordinator, self.head = person("coordinator"), person("head")

    def rules(self, **features):
        """Switch features of the call on or off."""
        rules = {**self.call.rules, "features": {**self.call.rules["features"], **features}}
        Call.objects.filter(pk=self.call.pk).update(rules=rules)
        self.call.refresh_from_db()

    def project(self, state=S.CALL, library=None, by=None, title="Skaitmeninės dirbtuvės"):
        library = library or self.library
        by = by or self.team
        with clock.replaced(WHILE_OPEN):
            project = services.create_project(call=self.call, organisation=library, by=by, title=title)
            for name in WAYS_TO[state]:
                self.take(project, name, by)
        return project

    def take(self, project, name, by=None):
        """Take a step as the person whose step it is."""
        actor = (by or self.team) if name in BY_TEAM else self.head
        data = {"award": {"amount": Decimal("23650.00")}, "allocate": {"amount": Decimal("500.00")}}.get(name, {})
        if name == "invite_full":
            data = {"submit_until": clock.now() + timedelta(days=30)}
        return perform(project, name, by=actor, note="Priežastis", **data)


def contest():
    return Cast(CONTEST)


def fresh(project):
    """The row as another request would read it."""
    return Project.objects.select_related("call", "organisation").get(pk=project.pk)


def codes(refusal):
    """The codes of all obstacles of a refusal."""
    return [obstacle.code for obstacle in refusal.value.obstacles]
