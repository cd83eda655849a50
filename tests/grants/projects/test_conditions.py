"""What stands in the way of a project's steps, and what follows from them."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from grants.projects import services
from grants.projects.states import ProjectState
from tests.grants.calls.makers import AFTER_CLOSE, WHILE_OPEN, member, organisation, person
from tests.grants.projects.makers import Cast, codes, contest, fresh
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, IllegalMove, NotPermitted
from workflows.models import Deadline, WorkItem
from workflows.services import perform, set_deadline

pytestmark = pytest.mark.django_db
S = ProjectState


def test_an_allocation_needs_a_call_that_has_them_and_an_amount():
    cast = Cast()
    project = cast.project()
    with pytest.raises(Blocked) as refusal:
        services.allocate_project(project=project, by=cast.head, amount=Decimal("500.00"), note="Įsakymas")
    assert codes(refusal) == ["competition"]
    cast.rules(allocation=True)
    project = fresh(project)
    with pytest.raises(Blocked) as refusal:
        services.allocate_project(project=project, by=cast.head, amount=Decimal(0), note="Įsakymas")
    assert codes(refusal) == ["no_amount"]
    services.allocate_project(project=project, by=cast.head, amount=Decimal("500.00"), note="Įsakymas")
    assert (project.state, project.awarded_amount, project.submitted_at) == (S.IMPLEMENTATION, Decimal("500.00"), None)


def test_a_full_proposal_is_asked_for_only_in_two_stages_and_until_its_own_deadline():
    cast = Cast()
    project = cast.project(S.SELECTION)
    with clock.replaced(AFTER_CLOSE):
        until = AFTER_CLOSE + timedelta(days=30)
        with pytest.raises(Blocked) as refusal:
            services.invite_full_proposal(project=project, by=cast.coordinator, submit_until=AFTER_CLOSE)
        assert codes(refusal) == ["one_stage", "no_deadline"]
        cast.rules(two_stages=True)
        project = fresh(project)
        services.invite_full_proposal(project=project, by=cast.coordinator, submit_until=until)
        assert (project.state, project.submitted_at, project.deadline_at) == (S.CALL, None, until)
        perform(project, "submit", by=cast.team)
    assert project.submitted_at == AFTER_CLOSE


@pytest.mark.parametrize(
    ("before_closing", "outcome"),
    [(timedelta(microseconds=1), "application"), (timedelta(0), "too_late"), (-timedelta(seconds=1), "too_late")],
)
def test_on_time_means_before_the_stored_instant(before_closing, outcome):
    cast = Cast()
    project = cast.project()
    with clock.replaced(cast.call.closes_at - before_closing):
        if outcome == "application":
            assert perform(project, "submit", by=cast.team).after == outcome
            assert project.submitted_at == cast.call.closes_at - before_closing
        else:
            with pytest.raises(Blocked) as refusal:
                perform(project, "submit", by=cast.team)
            assert codes(refusal) == [outcome]


def test_the_clock_decides_even_where_the_call_was_closed_by_a_task_that_ran_early():
    cast = Cast()
    project = cast.project()
    walk = cast.call.closes_at
    with clock.replaced(walk):
        perform(cast.call, "close", by=SYSTEM)
        with pytest.raises(Blocked) as refusal:
            perform(fresh(project), "submit", by=cast.team)
    assert codes(refusal) == ["too_late"]


def test_a_suspended_call_takes_nothing():
    cast = Cast()
    project = cast.project()
    with clock.replaced(WHILE_OPEN):
        perform(cast.call, "suspend", by=cast.head, note="Gedimas")
        with pytest.raises(Blocked) as refusal:
            perform(fresh(project), "submit", by=cast.team)
    assert codes(refusal) == ["call_suspended"]


def test_a_library_submits_no_more_than_the_call_allows_and_what_it_took_back_does_not_count():
    cast = Cast()
    first, second = cast.project(S.APPLICATION), cast.project()
    with clock.replaced(WHILE_OPEN):
        with pytest.raises(Blocked) as refusal:
            perform(second, "submit", by=cast.team)
        assert codes(refusal) == ["too_many"]
        perform(first, "withdraw", by=cast.team)
        assert perform(second, "submit", by=cast.team).after == "application"


def test_one_entry_in_each_category_of_a_contest():
    cast = contest()
    nominations = {n.category_key: n for n in cast.call.nominations.all()}
    with clock.replaced(WHILE_OPEN):
        begin = partial(services.create_project, call=cast.call, organisation=cast.library, by=cast.team)
        made = [begin(nomination=nominations[key]) for key in ("library", "library", "branch")]
        perform(made[0], "submit", by=cast.team)
        with pytest.raises(Blocked) as refusal:
            perform(made[1], "submit", by=cast.team)
        assert codes(refusal) == ["too_many_in_category"]
        assert perform(made[2], "submit", by=cast.team).after == "application"


def test_a_kind_of_organisation_that_the_call_does_not_name_cannot_apply():
    cast = Cast()
    partner = organisation("partner", "Bičiulių draugija")
    someone = member(partner)
    project = cast.project(library=partner, by=someone)
    with clock.replaced(WHILE_OPEN), pytest.raises(Blocked) as refusal:
        perform(project, "submit", by=someone)
    assert codes(refusal) == ["wrong_kind"]


@pytest.mark.parametrize("name", ["accept", "find_ineligible"])
def test_a_project_on_hold_goes_no_further(name):
    cast = Cast()
    project = cast.project(S.APPLICATION)
    with clock.replaced(WHILE_OPEN):
        services.hold_project(project=project, by=cast.coordinator, note="Laukiama teismo")
        with pytest.raises(Blocked) as refusal:
            cast.take(project, name)
        assert codes(refusal) == ["on_hold"]
        with pytest.raises(Blocked) as refusal:
            services.hold_project(project=project, by=cast.coordinator, note="Dar kartą")
        assert codes(refusal) == ["on_hold"]
        services.resume_project(project=project, by=cast.coordinator, note="Baigta")
        with pytest.raises(Blocked) as refusal:
            services.resume_project(project=project, by=cast.coordinator, note="Dar kartą")
        assert codes(refusal) == ["not_on_hold"]


def test_hold_stops_every_clock_of_the_case_and_resume_moves_them_by_as_long():
    cast = Cast()
    project = cast.project(S.IMPLEMENTATION)
    due = WHILE_OPEN + timedelta(days=10)
    with clock.replaced(WHILE_OPEN):
        deadline = set_deadline(project, kind="visit", audience=f"org:{cast.library.pk}", due_at=due)
        services.hold_project(project=project, by=cast.head, note="Gaisras")
    deadline.refresh_from_db()
    assert deadline.paused_at == WHILE_OPEN
    with clock.replaced(WHILE_OPEN + timedelta(days=5)):
        services.resume_project(project=project, by=cast.head, note="Atstatyta")
    deadline.refresh_from_db()
    assert (deadline.paused_at, deadline.due_at) == (None, due + timedelta(days=5))


@pytest.mark.parametrize(("days", "open_again"), [(30, True), (31, False)])
def test_a_closed_project_opens_again_within_thirty_days(days, open_again):
    cast = Cast()
    project = cast.project(S.CLOSED)
    with clock.replaced(WHILE_OPEN + timedelta(days=days)):
        if open_again:
            services.reopen_evaluation(project=project, by=cast.coordinator, note="Klaida")
            assert (project.state, project.ended_at) == (S.EVALUATION, None)
        else:
            with pytest.raises(Blocked) as refusal:
                services.reopen_evaluation(project=project, by=cast.coordinator, note="Klaida")
            assert codes(refusal) == ["reopening_over"]


def test_numbers_follow_one_another_in_each_call():
    cast, other = Cast(), contest()
    numbers = [cast.project().number, cast.project().number, other.project().number, cast.project().number]
    assert numbers == ["BP-2027-1-0001", "BP-2027-1-0002", "NOM-2027-0001", "BP-2027-1-0003"]


def test_a_project_is_begun_only_for_ones_own_organisation():
    cast = Cast()
    for stranger in (person(), person("head"), member(cast.library, "viewer")):
        with pytest.raises(NotPermitted):
            services.create_project(call=cast.call, organisation=cast.library, by=stranger)


def test_the_work_of_a_draft_is_due_when_the_call_closes_and_moves_with_it():
    cast = Cast()
    project = cast.project()
    item = WorkItem.objects.get(case=project.case, closed_at=None)
    assert (item.kind, item.audience, item.due_at) == ("project_fill", f"org:{cast.library.pk}", cast.call.closes_at)
    from grants.calls.services import change_dates
    from workflows.models import Message

    later = cast.call.closes_at + timedelta(days=3)
    with clock.replaced(WHILE_OPEN):
        change_dates(call=cast.call, moved={"closes": later}, by=cast.coordinator, note="Gedimas")
    item.refresh_from_db()
    assert (item.due_at, item.closed_at) == (later, None)
    assert Deadline.objects.get(case=project.case, closed_at=None).due_at == later
    [message] = Message.objects.filter(kind="call_changed")
    assert message.to_user == cast.team
    assert "Gedimas" in message.text


def test_a_call_is_not_concluded_over_an_application_that_waits():
    cast = Cast()
    cast.project(S.SELECTION)
    with clock.replaced(AFTER_CLOSE):
        perform(cast.call, "close", by=SYSTEM)
        perform(cast.call, "begin_deciding", by=cast.head)
        with pytest.raises(Blocked) as refusal:
            perform(cast.call, "decide", by=cast.head)
    assert codes(refusal) == ["waiting"]
    assert refusal.value.obstacles[0].url == f"/projects/?call={cast.call.pk}&state=selection"


def test_a_call_is_not_archived_while_a_project_runs():
    cast = Cast()
    cast.project(S.IMPLEMENTATION)
    with clock.replaced(AFTER_CLOSE):
        for name, actor in (("close", SYSTEM), ("begin_deciding", cast.head), ("decide", cast.head)):
            perform(cast.call, name, by=actor)
        with pytest.raises(Blocked) as refusal:
            perform(cast.call, "archive", by=cast.head)
    assert codes(refusal) == ["running"]


def test_the_hourly_task_ends_what_is_over():
    from grants.projects.tasks import end_what_is_over

    cast = Cast()
    draft, reserve = cast.project(), cast.project(S.RESERVE)
    with clock.replaced(AFTER_CLOSE):
        end_what_is_over()
    assert [fresh(p).state for p in (draft, reserve)] == [S.CALL, S.RESERVE]
    with clock.replaced(AFTER_CLOSE):
        for name, actor in (("close", SYSTEM), ("begin_deciding", cast.head), ("decide", cast.head)):
            perform(cast.call, name, by=actor)
    with clock.replaced(AFTER_CLOSE + timedelta(days=400)):
        end_what_is_over()
    assert [fresh(p).state for p in (draft, reserve)] == [S.ABANDONED, S.DECLINED]


def test_an_illegal_step_is_a_sentence():
    cast = Cast()
    with pytest.raises(IllegalMove):
        perform(cast.project(), "close", by=cast.head)
