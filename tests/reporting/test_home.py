"""The home page of those who have signed in: first, what needs them."""

from datetime import UTC, datetime, timedelta

import pytest

from workflows import clock
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 24, 12, tzinfo=UTC)


@pytest.fixture
def reader(client, django_user_model):
    """A signed-in person who reads English."""
    person = django_user_model.objects.create_user("reader@example.test", full_name="Reader", language="en")
    client.force_login(person)
    return person


def give_work(person, count: int) -> None:
    """Let `count` things wait for the person, due one day after another."""
    for day in range(1, count + 1):
        case = Case.objects.create(kind="project", number=f"P-{day}", title=f"Case {day}")
        WorkItem.objects.create(
            case=case,
            subject_label="toy",
            subject_id=day,
            kind=f"kind-{day}",
            audience=f"user:{person.pk}",
            url=f"/case/{day}/",
            opened_at=NOW,
            due_at=NOW + timedelta(days=day),
        )


def test_home_tells_that_nothing_waits(client, reader):
    html = client.get("/").content.decode()
    assert "Nothing waits for you" in html
    assert "From an idea in a library" not in html


def test_home_shows_the_five_most_urgent_and_the_way_to_the_rest(client, reader):
    give_work(reader, 6)
    with clock.replaced(NOW):
        html = client.get("/").content.decode()
    assert "Your turn: 6 things" in html
    assert html.index("P-1") < html.index("P-5")
    assert "P-6" not in html
    assert "All that waits for you" in html


def test_home_asks_the_database_as_often_for_three_things_as_for_one(client, reader, django_assert_max_num_queries):
    counts = []
    for count in (1, 3):
        WorkItem.objects.all().delete()
        Case.objects.all().delete()
        give_work(reader, count)
        with django_assert_max_num_queries(15) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
