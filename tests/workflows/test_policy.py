"""Audiences, exclusions and verbs: each with its twin."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.workflows.testapp.models import Leave
from workflows import clock, policy
from workflows.models import Exclusion, WorkItem
from workflows.selectors import my_work
from workflows.services import close_work, open_work, perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def team_of_two(person):
    """An audience whose members keep their access whatever the funder's exclusions say."""
    from django.contrib.auth import get_user_model

    members = [person(), person()]
    policy.register_audiences(
        "team",
        of=lambda user: {f"team:{user.full_name}"},
        people=lambda value: get_user_model().objects.filter(full_name=value),
        for_funder=False,
    )
    yield members
    del policy._audiences["team"]


def exclude(case, user):
    return Exclusion.objects.create(case=case, user=user, since=clock.now(), code="declared")


def test_my_work_is_what_waits_for_me(leave, django_assert_num_queries):
    request = leave()
    perform(request, "ask", by=request.employee)
    assert [item.kind for item in my_work(request.boss)] == ["leave_decide"]
    assert list(my_work(request.employee)) == []


def test_my_work_hides_cases_i_am_kept_away_from(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    exclude(request.case, request.boss)
    assert list(my_work(request.boss)) == []
    assert list(policy.people_in(f"user:{request.boss_id}", request.case_id)) == []
    assert list(policy.people_in(f"user:{request.boss_id}")) == [request.boss]


def test_an_exclusion_that_ended_hides_nothing(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    exclusion = exclude(request.case, request.boss)
    exclusion.until = clock.now()
    exclusion.save()
    assert [item.kind for item in my_work(request.boss)] == ["leave_decide"]


def test_a_team_keeps_its_work_in_a_case_it_is_excluded_from(leave, team_of_two):
    request = leave()
    member = team_of_two[0]
    open_work(request, kind="leave_fill", audience=f"team:{member.full_name}")
    exclude(request.case, member)
    assert [item.audience for item in my_work(member)] == [f"team:{member.full_name}"]
    assert member in policy.people_in(f"team:{member.full_name}", request.case_id)


def test_excluded_rows_leave_a_queryset_and_the_predicate_agrees(leave):
    first, second = leave(), leave()
    exclude(first.case, second.boss)
    assert list(policy.without_excluded(Leave.objects.all(), second.boss)) == [second]
    assert [policy.is_excluded(second.boss, leave.case_id) for leave in (first, second)] == [True, False]


def test_remembering_asks_once(leave, django_assert_num_queries):
    request = leave()
    with policy.remembering(), django_assert_num_queries(1):
        policy.is_excluded(request.boss, request.case_id)
        policy.is_excluded(request.boss, request.case_id + 1)
        with policy.remembering():
            policy.is_excluded(request.boss, request.case_id)


def test_nobody_belongs_to_an_audience_after_leaving(person):
    user = person()
    assert f"user:{user.pk}" in policy.audiences_of(user)
    user.is_active = False
    assert policy.audiences_of(user) == set()


def test_an_unknown_audience_is_a_mistake_of_the_program():
    with pytest.raises(LookupError, match="nobody"):
        policy.people_in("nobody:1")
    with pytest.raises(LookupError, match="nobody"):
        policy.is_for_funder("nobody:1")
    with pytest.raises(ImproperlyConfigured):
        policy.register_audiences("user", of=lambda user: set(), people=lambda value: None)


def test_an_open_item_is_opened_once_and_renewed(leave):
    request = leave()
    moment = clock.now()
    for due_at in (None, moment):
        open_work(request, kind="leave_decide", audience="user:1", due_at=due_at)
    items = WorkItem.objects.filter(kind="leave_decide")
    assert [item.due_at for item in items] == [moment]
    assert close_work(request, kind="leave_decide", audience="user:1") == 1
    assert close_work(request) == 1
    with pytest.raises(LookupError):
        open_work(request, kind="unheard of", audience="user:1")


def test_a_verb_is_registered_once():
    verb = policy.register_verb("leave.view", "see a request", model="testapp.Leave", can=lambda user, leave: True)
    try:
        assert policy.verb("leave.view") is verb
        assert verb in policy.verbs()
        with pytest.raises(ImproperlyConfigured):
            policy.register_verb("leave.view", "again", model="testapp.Leave", can=lambda user, leave: True)
    finally:
        del policy._verbs["leave.view"]
