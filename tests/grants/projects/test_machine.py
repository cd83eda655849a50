"""The machine of a project, written out by hand from the design, and what each step leaves behind."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from grants.projects import services
from grants.projects.models import Project
from grants.projects.states import ProjectState
from tests.grants.calls.makers import WHILE_OPEN, exclude, member, organisation, person
from tests.grants.projects.makers import WAYS_TO, Cast, codes, contest
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked
from workflows.registry import machine_of
from workflows.services import perform

pytestmark = pytest.mark.django_db
S = ProjectState
HOLDABLE = {"application", "selection", "implementation", "evaluation"}

WAYS = {
    "submit": ({"call"}, {"application"}),
    "abandon": ({"call"}, {"abandoned"}),
    "allocate": ({"call"}, {"implementation"}),
    "accept": ({"application"}, {"selection"}),
    "reopen": ({"application"}, {"call"}),
    "find_ineligible": ({"application"}, {"ineligible"}),
    "invite_full": ({"application", "selection"}, {"call"}),
    "withdraw": ({"application", "selection", "reserve"}, {"withdrawn"}),
    "award": ({"selection", "reserve"}, {"implementation"}),
    "recognise": ({"selection"}, {"evaluation"}),
    "reserve": ({"selection"}, {"reserve"}),
    "decline": ({"selection"}, {"declined"}),
    "expire": ({"reserve"}, {"declined"}),
    "reinstate": ({"ineligible", "declined"}, {"application", "selection", "reserve"}),
    "complete": ({"implementation"}, {"evaluation"}),
    "terminate": ({"implementation"}, {"terminated"}),
    "reopen_implementation": ({"evaluation"}, {"implementation"}),
    "close": ({"evaluation"}, {"closed"}),
    "reopen_evaluation": ({"closed"}, {"evaluation"}),
    "hold": (HOLDABLE, HOLDABLE),
    "resume": (HOLDABLE, HOLDABLE),
}
TEAM_WRITES = {"editor", "submitter", "certifier", "admin"}
TEAM_SUBMITS = {"submitter", "certifier", "admin"}
STAFF_LEADS = {"coordinator", "head"}
WHO = {
    "submit": TEAM_SUBMITS,
    "abandon": TEAM_WRITES | {"SYSTEM"},
    "allocate": {"head"},
    "accept": STAFF_LEADS,
    "reopen": TEAM_SUBMITS | STAFF_LEADS,
    "find_ineligible": STAFF_LEADS,
    "invite_full": STAFF_LEADS,
    "withdraw": TEAM_SUBMITS,
    "award": STAFF_LEADS,
    "recognise": STAFF_LEADS,
    "reserve": STAFF_LEADS,
    "decline": STAFF_LEADS,
    "expire": STAFF_LEADS | {"SYSTEM"},
    "reinstate": {"head"},
    "complete": STAFF_LEADS,
    "terminate": {"head"},
    "reopen_implementation": STAFF_LEADS,
    "close": STAFF_LEADS,
    "reopen_evaluation": STAFF_LEADS,
    "hold": STAFF_LEADS,
    "resume": STAFF_LEADS,
}
STAFF = ["coordinator", "finance", "head", "administrator", "auditor"]
MEMBERS = ["viewer", "editor", "submitter", "certifier", "admin"]


def test_the_machine_has_exactly_these_ways():
    steps = machine_of(Project).steps
    assert {name: (set(step.sources), set(step.targets)) for name, step in steps.items()} == WAYS


@pytest.mark.parametrize("state", S.values)
def test_from_each_state_only_its_own_ways_lead(state):
    machine = machine_of(Project)
    own = {name for name, (sources, _targets) in WAYS.items() if state in sources}
    assert {name for name in WAYS if machine.allowed_from(state, name)} == own


@pytest.mark.parametrize("role", ["stranger", "other member", "SYSTEM", *STAFF, *MEMBERS])
def test_each_person_may_take_exactly_their_steps(role):
    cast, machine = Cast(), machine_of(Project)
    project = cast.project()
    people = {
        "stranger": person,
        "other member": lambda: member(organisation(name="Kita"), "admin"),
        "SYSTEM": person,
        **{name: lambda name=name: person(name) for name in STAFF},
        **{name: lambda name=name: member(cast.library, name) for name in MEMBERS},
    }
    actor = people[role]()
    for name, step in machine.steps.items():
        may = step.spec.system if role == "SYSTEM" else step.spec.permission(actor, project)
        assert may == (role in WHO[name]), name


@pytest.mark.parametrize("role", ["coordinator", "head"])
def test_who_is_kept_away_may_take_no_step_for_the_funder(role):
    cast, machine = Cast(), machine_of(Project)
    project, actor = cast.project(), person(role)
    exclude(actor, project.case_id)
    assert [name for name, step in machine.steps.items() if step.spec.permission(actor, project)] == []


def test_who_is_kept_away_still_acts_for_their_own_library():
    cast = Cast()
    project = cast.project()
    exclude(cast.team, project.case_id)
    with clock.replaced(WHILE_OPEN):
        assert perform(project, "submit", by=cast.team).after == "application"


@pytest.mark.parametrize("state", S.values)
def test_every_state_can_be_reached_through_the_door(state):
    project = Cast().project(state)
    assert (project.state, project.version) == (state, len(WAYS_TO[state]) + 1)


ROUND_TRIPS = [
    (S.APPLICATION, ("reopen", "submit"), S.APPLICATION),
    (S.INELIGIBLE, ("reinstate",), S.APPLICATION),
    (S.DECLINED, ("reinstate",), S.SELECTION),
    (S.RESERVE, ("award", "complete", "reopen_implementation", "complete", "close", "reopen_evaluation"), S.EVALUATION),
    (S.SELECTION, ("hold", "resume", "reserve", "withdraw"), S.WITHDRAWN),
    (S.IMPLEMENTATION, ("hold", "terminate"), S.TERMINATED),
]


@pytest.mark.parametrize(("state", "steps", "end"), ROUND_TRIPS)
def test_ways_back_and_forth_keep_the_facts_in_step(state, steps, end):
    cast = Cast()
    project = cast.project(state)
    with clock.replaced(WHILE_OPEN):
        for name in steps:
            cast.take(project, name)
    assert project.state == end


def test_a_contest_goes_its_shorter_way():
    cast = contest()
    project = cast.project(S.SELECTION)
    with clock.replaced(WHILE_OPEN):
        with pytest.raises(Blocked) as refusal:
            cast.take(project, "award")
        assert codes(refusal) == ["nothing_to_award"]
        cast.take(project, "recognise")
        with pytest.raises(Blocked) as refusal:
            cast.take(project, "reopen_implementation")
        assert codes(refusal) == ["nothing_implemented"]
        cast.take(project, "close")
    assert (project.state, project.awarded_amount) == (S.CLOSED, None)


def test_reinstating_from_the_reserve_returns_to_the_reserve():
    cast = Cast()
    project = cast.project(S.RESERVE)
    with clock.replaced(WHILE_OPEN + timedelta(days=400)):
        services.expire_reserve(project=project, by=SYSTEM)
        assert (project.state, project.returns_to) == (S.DECLINED, "reserve")
        services.reinstate_project(project=project, by=cast.head, note="Skundas patenkintas")
    assert (project.state, project.returns_to) == (S.RESERVE, "")


def test_a_reserve_that_is_still_valid_is_not_ended():
    cast = Cast()
    project = cast.project(S.RESERVE)
    with clock.replaced(WHILE_OPEN), pytest.raises(Blocked) as refusal:
        services.expire_reserve(project=project, by=cast.head)
    assert codes(refusal) == ["reserve_runs"]


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        (S.CALL, {"submitted_at": WHILE_OPEN}),
        (S.APPLICATION, {"submitted_at": None}),
        (S.APPLICATION, {"decided_at": WHILE_OPEN}),
        (S.SELECTION, {"awarded_amount": Decimal("1.00")}),
        (S.RESERVE, {"decided_at": None}),
        (S.DECLINED, {"returns_to": ""}),
        (S.SELECTION, {"returns_to": "application"}),
        (S.IMPLEMENTATION, {"awarded_amount": None}),
        (S.IMPLEMENTATION, {"awarded_amount": Decimal("0.00")}),
        (S.IMPLEMENTATION, {"ended_at": WHILE_OPEN}),
        (S.CLOSED, {"ended_at": None}),
        (S.CALL, {"held_since": WHILE_OPEN}),
        (S.CALL, {"requested_amount": Decimal("-1.00")}),
        (S.CALL, {"starts_on": "2027-06-01", "ends_on": "2027-05-31"}),
    ],
)
def test_the_database_refuses_a_state_without_its_facts(state, facts):
    project = Cast().project(state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(**facts)
