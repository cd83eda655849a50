"""The queue: by consequence and date, many of a kind in one line."""

from datetime import UTC, datetime, timedelta

import pytest

from reporting.homes.queue import queue_for
from workflows import clock
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with clock.replaced(NOW):
        yield


@pytest.fixture
def reader(django_user_model):
    return django_user_model.objects.create_user("reader@example.test", full_name="Reader", language="en")


def give(person, kind, days=None, count=1):
    """Let `count` things of a kind wait, due so many days from now."""
    for _time in range(count):
        number = f"P-{Case.objects.count() + 1}"
        case = Case.objects.create(kind="project", number=number, title=f"Case {number}")
        WorkItem.objects.create(
            case=case, subject_label="toy", subject_id=case.pk, kind=kind, audience=f"user:{person.pk}",
            url=f"/case/{number}/", opened_at=NOW, due_at=None if days is None else NOW + timedelta(days=days),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("report_judge", 1), ("report_judge", 9)),
        (("payment_pay", 8), ("report_judge", 2)),
        (("report_judge", 2), ("milestone_judge", 1)),
        (("report_judge", -1), ("payment_pay", 14)),
        (("payment_mend", None), ("report_judge", 20)),
        (("conflict_answer", None), ("review_write", 16)),
        (("report_judge", 20), ("report_judge", None)),
    ],
)
def test_what_costs_more_or_is_nearer_stands_first(reader, first, then):
    give(reader, *then)
    give(reader, *first)
    lines = queue_for(reader, NOW).lines
    assert [line.case.number for line in lines] == ["P-2", "P-1"]


def test_up_to_four_of_a_kind_stand_singly_and_more_in_one_line(reader):
    give(reader, "report_judge", 3, count=4)
    assert len(queue_for(reader, NOW).lines) == 4
    give(reader, "report_judge", 3)
    queue = queue_for(reader, NOW)
    [line] = queue.lines
    assert (line.count, queue.total, line.url) == (5, 5, "/my-work/?kind=report_judge")
    assert "P-1" in str(line.why)


def test_a_queue_tells_that_more_waits_than_it_shows(reader):
    for number in range(8):
        give(reader, f"kind-{number}", number)
    queue = queue_for(reader, NOW)
    assert (len(queue.lines), queue.total, queue.left) == (6, 8, True)


def test_each_line_has_a_verb(reader, client):
    give(reader, "payment_approve", 1)
    give(reader, "unknown_kind", 2)
    client.force_login(reader)
    html = client.get("/").content.decode()
    assert "Look at it<span" in html
    assert ">Open<span" in html


def test_a_queue_of_some_audiences_leaves_the_others_out(reader):
    give(reader, "report_judge", 1)
    assert queue_for(reader, NOW, ["role:coordinator"]).total == 0
    only = queue_for(reader, NOW, [f"user:{reader.pk}"])
    assert (only.total, only.url) == (1, f"/my-work/?for=user%3A{reader.pk}")


def test_the_page_of_all_work_can_be_narrowed_to_a_kind(reader, client):
    give(reader, "report_judge", 1)
    give(reader, "payment_pay", 1)
    client.force_login(reader)
    html = client.get("/my-work/?kind=report_judge").content.decode()
    assert "P-1" in html
    assert "P-2" not in html
    assert "All that waits for you" in html
