"""Writing a review in pages that stand open, in two tabs, in the background and after a session ended."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.selection.models import Review, ReviewVersion
from grants.selection.services import return_review, submit_review

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def review(selection, client):
    found = selection.assigned(selection.project, selection.evaluators[0])
    client.force_login(found.user)
    return found


def edition(client, review):
    return client.get(review.get_absolute_url()).context["edition"]


def data(**given):
    return {"q-score-need": "4", "q-comment-need": "Pirmas tekstas", "save": "1"} | given


def test_a_tab_that_stood_open_overwrites_nothing_and_loses_nothing(selection, client, review):
    url, old = review.get_absolute_url(), edition(client, review)
    assert client.post(url, data(**{"v-review": old})).status_code == 302
    late = data(**{"v-review": old, "q-comment-need": "Antras tekstas", "q-score-need": "5"})
    page = client.post(url, late)
    assert page.status_code == 409
    assert "Antras tekstas" in text_of(page)
    saved = {str(one["label"]).rpartition(":")[0]: one["saved"] for one in page.context["theirs"]}
    assert "Pirmas tekstas" in saved.values()
    assert Review.objects.get().scores.get(criterion__key="need").comment == "Pirmas tekstas"
    again = client.post(url, late | {"v-review": page.context["edition"]})
    assert again.status_code == 302, "knowing both, the person decides"
    assert Review.objects.get().scores.get(criterion__key="need").comment == "Antras tekstas"


def test_the_same_save_twice_is_no_conflict(client, review):
    url, old = review.get_absolute_url(), edition(client, review)
    first = data(**{"v-review": old})
    assert [client.post(url, first).status_code for _twice in range(2)] == [302, 302]


def test_a_tab_open_when_the_review_was_submitted_keeps_its_text(selection, client, review):
    url, old = review.get_absolute_url(), edition(client, review)
    selection.written(review)
    submit_review(review=review, by=review.user)
    page = client.post(url, data(**{"v-review": old, "q-comment-need": "Dar norėjau pridurti"}))
    assert page.status_code == 409
    assert "Dar norėjau pridurti" in text_of(page)
    assert 'name="submit"' not in text_of(page)
    assert Review.objects.get().state == "submitted"


def test_what_is_typed_is_saved_in_the_background(client, review):
    url, old = review.get_absolute_url(), edition(client, review)
    autosave = {"X-Autosave": "1"}
    told = client.post(url, data(**{"v-review": old}), headers=autosave)
    assert (told.status_code, sorted(told.json())) == (200, ["text", "tokens"])
    review.refresh_from_db()
    assert told.json()["tokens"] == {"review": review.saved_at.isoformat()}
    late = client.post(url, data(**{"v-review": old, "q-comment-need": "Kitas"}), headers=autosave)
    assert (late.status_code, len(late.json()["conflicts"])) == (409, 1)
    wrong = client.post(url, data(**{"q-recommended_amount": "daug"}), headers=autosave)
    assert wrong.status_code == 400
    client.logout()
    gone = client.post(url, data(), headers=autosave)
    assert (gone.status_code, gone.json()["signed_out"]) == (401, True)


def test_a_long_text_survives_the_end_of_the_session(client, review):
    url = review.get_absolute_url()
    client.logout()
    assert client.post(url, data(**{"q-comment-need": "Ilgas tekstas"})).status_code == 302
    kept = {key: value for key, value in client.session.items() if not key.startswith("_auth")}
    client.force_login(review.user)
    session = client.session
    session.update(kept)
    session.save()
    page = client.get(url)
    assert page.context["kept"] is True
    assert "Ilgas tekstas" in text_of(page)
    assert Review.objects.get().saved_at is None, "saving stays the person's decision"


@pytest.mark.parametrize(
    "wrong",
    [
        {"q-recommended_amount": "-1"}, {"q-recommended_amount": "99999999999999"}, {"q-score-need": "6"},
        {"q-score-need": "x"}, {"q-comment-need": "x" * 5001}, {"q-recommendation": "perhaps"},
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_words_and_kept(client, review, wrong):
    page = client.post(review.get_absolute_url(), data(**wrong))
    assert page.status_code == 400
    assert page.context["form"].errors
    assert "Pirmas tekstas" in text_of(page) or "q-comment-need" in wrong
    assert Review.objects.get().saved_at is None


def test_a_returned_review_shows_why_and_is_kept_as_a_version_each_time(selection, client, review):
    for number in (1, 2):
        selection.written(review, share="0.8" if number == 1 else "1")
        submit_review(review=review, by=review.user)
        assert list(ReviewVersion.objects.values_list("number", flat=True)) == list(range(1, number + 1))
        if number == 1:
            coordinator = selection.people.known["coordinator"]
            return_review(review=review, by=coordinator, note="Pagrįskite poreikį.")
            assert "Pagrįskite poreikį." in text_of(client.get(review.get_absolute_url()))
        selection.later(hours=1)
    assert [version.total for version in ReviewVersion.objects.order_by("number")] == [81, 100]


def test_the_list_shows_progress_the_next_one_and_the_day(selection, client, review):
    page = client.get("/reviews/")
    mine = page.context["mine"]
    assert (mine.done, mine.next["review"].pk, str(mine.next["due"])) == (0, review.pk, "2027-04-30")
    selection.assigned(selection.other, selection.evaluators[0], answer=None)
    assert len(client.get("/reviews/").context["mine"].questions) == 1
    assert client.get("/").status_code == 200


def test_a_long_scale_is_a_list_and_a_short_one_shows_every_point(selection, client, review):
    page = client.get(review.get_absolute_url())
    assert {row["is_list"] for row in page.context["form"].rows()} == {False}
    assert 'type="radio" name="q-score-need"' in text_of(page)


def test_lists_cost_the_same_for_one_and_two(selection, client):
    first, second = selection.evaluators
    counts = []
    for project in (selection.project, selection.other):
        selection.assigned(project, first)
        selection.assigned(project, second, answer=None)
        row = []
        for user, address in (
            (first.user, "/reviews/"),
            (selection.people.known["coordinator"], f"/calls/{selection.call_.pk}/evaluators/"),
            (selection.people.known["coordinator"], f"/calls/{selection.call_.pk}/ranking/"),
            (selection.people.known["coordinator"], f"/calls/{selection.call_.pk}/decisions/"),
        ):
            client.force_login(user)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            row.append(len(queries))
        counts.append(row)
    assert counts[0] == counts[1]
