"""What the predicates and their twins say of the things of a case."""

import pytest
from django.contrib.auth import get_user_model

from tests.workflows.testapp.models import Leave
from workflows.models import Case, Exclusion
from workflows.policy import Verb
from workflows.reasons import answers_for, path_to_case

pytestmark = pytest.mark.django_db
READ = Verb(
    "leave.read",
    "read",
    "testapp.Leave",
    can=lambda user, leave: user.pk in (leave.employee_id, leave.boss_id),
    visible_to=lambda user: Leave.objects.filter(employee=user),
)
DECIDE = Verb("leave.decide", "decide", "testapp.Leave", can=lambda user, leave: user.pk == leave.boss_id)


def test_answers_stand_beside_what_the_twin_sees_and_nothing_where_there_is_no_twin(leave):
    request = leave()
    leave(boss=request.boss)
    found = answers_for(request.boss, request.case, Leave, [READ, DECIDE])
    assert [(one.verb, one.thing, one.state, one.may, one.seen) for one in found] == [
        (READ, request, "draft", True, False),
        (DECIDE, request, "draft", True, None),
    ]


def test_a_model_that_belongs_to_no_case_has_no_answers(leave):
    request = leave()
    assert answers_for(request.boss, request.case, get_user_model(), [READ]) == []


@pytest.mark.parametrize(
    ("model", "path"),
    [(Leave, "case"), (Exclusion, "case"), (Case, None), (get_user_model(), None)],
)
def test_the_way_from_a_thing_to_its_case(model, path):
    assert path_to_case(model) == path
