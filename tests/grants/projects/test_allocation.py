"""Money without a competition comes from what stands behind the call, and the ledger knows of it in the same step."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.calls.models import CallFunding
from grants.calls.services import set_fundings
from grants.money.models import LedgerEntry
from grants.money.selectors import call_balance, case_balance
from grants.money.services import decommit
from grants.projects import services
from grants.projects.states import ProjectState
from tests.grants.calls.makers import WHILE_OPEN, person
from tests.grants.projects.makers import Cast, codes, fresh
from workflows import clock
from workflows.exceptions import Blocked, Refused
from workflows.services import options_for

pytestmark = pytest.mark.django_db
S = ProjectState


@pytest.fixture(autouse=True)
def _while_open():
    with clock.replaced(WHILE_OPEN):
        yield


@pytest.fixture
def cast():
    """A call that allocates 1,000.00."""
    made = Cast()
    made.rules(allocation=True)
    CallFunding.objects.filter(call=made.call).update(amount=Decimal("1000.00"))
    return made


def allocate(cast, project, amount, **more):
    return services.allocate_project(
        project=project, by=cast.head, amount=Decimal(amount), note="Įsakymas Nr. 5", **more
    )


def test_an_allocation_is_committed_under_its_call(cast):
    project = cast.project()
    allocate(cast, project, "600.00")
    assert case_balance(project.case).committed == call_balance(cast.call.case).committed == Decimal("600.00")
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.call_case, entry.by, entry.note) == (
        "commit", cast.call.case, cast.head, f"Allocation to {project.number}",
    )  # fmt: skip


def test_the_same_press_commits_once(cast):
    project = cast.project()
    assert allocate(cast, project, "600.00", key="k") == allocate(cast, fresh(project), "600.00", key="k")
    assert LedgerEntry.objects.count() == 1


def test_more_than_is_left_is_refused_and_commits_nothing(cast):
    first, second = cast.project(), cast.project(library=cast.library)
    allocate(cast, first, "600.00")
    with pytest.raises(Blocked) as refusal:
        allocate(cast, second, "400.01")
    assert codes(refusal) == ["no_money"]
    assert "EUR 400 is left" in str(refusal.value).replace("\N{NO-BREAK SPACE}", " ")
    assert (fresh(second).state, LedgerEntry.objects.count()) == (S.CALL, 1)
    allocate(cast, second, "400.00")
    assert call_balance(cast.call.case).committed == Decimal("1000.00")


def test_without_money_behind_the_call_the_step_says_so_before_it_is_tried(cast):
    set_fundings(call=cast.call, amounts={}, by=cast.head)
    project = cast.project()
    options = {option.name: option for option in options_for([project], cast.head)[project.pk]}
    assert [obstacle.code for obstacle in options["allocate"].obstacles] == ["no_money"]
    with pytest.raises(Blocked) as refusal:
        allocate(cast, project, "0.01")
    assert codes(refusal) == ["no_money"]


def test_options_of_many_projects_ask_for_the_money_once(cast):
    def asked(count):
        projects = [fresh(cast.project()) for _n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            options_for(projects, cast.head)
        return len(queries)

    asked(1)  # the first question warms what is asked once for good
    assert asked(1) == asked(3)


def test_money_that_was_set_free_can_be_given_again(cast):
    first, second = cast.project(), cast.project(library=cast.library)
    allocate(cast, first, "1000.00")
    funding = CallFunding.objects.get(call=cast.call).funding
    decommit(
        funding=funding, case=first.case, call_case=cast.call.case, amount=Decimal("1000.00"), by=cast.head, key="freed"
    )  # fmt: skip
    allocate(cast, second, "1000.00")
    assert case_balance(second.case).committed == Decimal("1000.00")
    assert case_balance(first.case).committed == Decimal("0.00")


def test_money_behind_a_call_is_not_lowered_below_what_is_committed(cast):
    allocate(cast, cast.project(), "600.00")
    funding = CallFunding.objects.get(call=cast.call).funding
    with pytest.raises(Refused, match="is committed already"):
        set_fundings(call=cast.call, amounts={funding: Decimal("599.99")}, by=cast.head)
    with pytest.raises(Refused, match="is committed already"):
        set_fundings(call=cast.call, amounts={}, by=cast.head)
    set_fundings(call=cast.call, amounts={funding: Decimal("600.00")}, by=person("coordinator"))
    assert CallFunding.objects.get(call=cast.call).amount == Decimal("600.00")
