from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.workflows.testapp.models import Handover, Leave
from workflows import clock
from workflows.models import Case
from workflows.services import begin, perform, set_deadline

VILNIUS = ZoneInfo("Europe/Vilnius")


@pytest.fixture
def person(django_user_model):
    counter = iter(range(1000))

    def make(name="person"):
        return django_user_model.objects.create_user(f"{name}{next(counter)}@example.test", full_name=name.title())

    return make


@pytest.fixture
def leave(person):
    """Makes a leave request in its first state, with an employee and a boss."""
    counter = iter(range(1, 1000))

    def make(days=5, **fields):
        employee, boss = fields.pop("employee", None) or person("employee"), fields.pop("boss", None) or person("boss")
        case = fields.pop("case", None) or Case.objects.create(kind="leave", number=f"L-{next(counter)}", title="Leave")
        return begin(Leave(case=case, employee=employee, boss=boss, days=days, **fields), by=employee)

    return make


@pytest.fixture
def handover(person):
    """Makes the offer to stand in for somebody: a row with a machine that opens no work."""

    def make(request, **fields):
        row = Handover(case=request.case, leave=request, colleague=fields.pop("colleague", None) or person())
        return begin(row, by=request.employee)

    return make


@pytest.fixture
def at():
    """Stands the clock at a moment in Vilnius (ISO, no zone) and lets it be moved on."""
    with ExitStack() as stack:

        def stand(moment):
            travel = clock.Travel(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Vilnius")))
            stack.enter_context(clock.replaced(travel))
            return travel

        yield stand


@pytest.fixture
def due(leave):
    """Sets a deadline of the employee's on a fresh leave request; returns the request and the deadline."""

    def make(moment, zone="Europe/Vilnius", request=None, **fields):
        request = request or leave()
        fields = {"kind": "leave_papers", "audience": f"user:{request.employee_id}", **fields}
        return request, set_deadline(
            request,
            due_at=datetime.fromisoformat(moment).replace(tzinfo=VILNIUS),
            time_zone=zone,
            url="/leave/1/",
            **fields,
        )

    return make


@pytest.fixture(autouse=True)
def seals_in(tmp_path, settings):
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture
def story(leave):
    """Three cases with eleven rows, one with a reason."""
    requests = [leave() for _ in range(3)]
    for request in requests:
        perform(request, "ask", by=request.employee)
    perform(requests[0], "refuse", by=requests[0].boss, note="Nobody else is in that week")
    perform(requests[0], "reopen", by=requests[0].boss)
    perform(requests[0], "grant", by=requests[0].boss)
    perform(requests[1], "grant", by=requests[1].boss)
    perform(requests[2], "touch", by=requests[2].boss)
    return requests
