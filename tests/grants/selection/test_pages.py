"""The pages of selection, walked as a person would."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.projects.models import Project
from grants.selection.models import ConflictDeclaration, Decision, Review
from grants.selection.states import ConflictState, ReviewState
from workflows.models import Exclusion, Message

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def test_an_evaluator_answers_before_seeing_anything(selection, client):
    review = selection.assigned(selection.project, selection.evaluators[0], answer=None)
    client.force_login(review.user)
    assert client.get(selection.project.get_absolute_url()).status_code == 404
    assert client.get(review.get_absolute_url()).status_code == 302
    page = client.get("/conflicts/", follow=True)
    assert page.status_code == 200
    assert "Ąžuolupio viešoji biblioteka" in text_of(page)
    assert "214 gyventojų" not in text_of(page)
    conflict = ConflictDeclaration.objects.get(project=selection.project, user=review.user)
    answer = client.post(conflict.get_absolute_url(), {"answer": "none"})
    assert (answer.status_code, answer["Location"]) == (302, "/reviews/")
    assert "214 gyventojų" in text_of(client.get(review.get_absolute_url()))
    assert client.get(selection.project.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("answer", ["possible", "conflict"])
def test_a_doubt_or_a_conflict_needs_its_ground(selection, client, answer):
    review = selection.assigned(selection.project, selection.evaluators[0], answer=None)
    conflict = ConflictDeclaration.objects.get(project=selection.project, user=review.user)
    client.force_login(review.user)
    page = client.post(conflict.get_absolute_url(), {"answer": answer})
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["ground"])
    page = client.post(conflict.get_absolute_url(), {"answer": answer, "words": "Mano sesuo ten dirba"})
    assert page.status_code == 302
    conflict.refresh_from_db()
    assert (conflict.state, conflict.ground) == (answer, "Mano sesuo ten dirba")


def test_a_declared_conflict_hides_the_case_everywhere(selection, client):
    review = selection.assigned(selection.project, selection.evaluators[0], "conflict", "Giminė")
    client.force_login(review.user)
    assert Exclusion.objects.filter(case=selection.project.case, user=review.user, until=None).count() == 1
    review.refresh_from_db()
    assert review.state == ReviewState.RECUSED
    for address in (selection.project.get_absolute_url(), review.get_absolute_url()):
        assert client.get(address).status_code == 404
    for address in ("/reviews/", "/my-work/", "/"):
        assert selection.project.number not in text_of(client.get(address))


def test_a_coordinator_with_a_conflict_loses_the_row_but_not_the_order(selection, client):
    selection.reviewed(selection.project, selection.evaluators, share="1")
    selection.reviewed(selection.other, selection.evaluators, share="0.6")
    coordinator = selection.people.staff("coordinator")
    client.force_login(coordinator)
    assert selection.project.number in text_of(client.get(f"/calls/{selection.call_.pk}/ranking/"))
    page = client.post(f"/projects/{selection.project.pk}/step-aside/", {"answer": "conflict", "words": "Pusbrolis"})
    assert page.status_code == 302
    page = client.get(f"/calls/{selection.call_.pk}/ranking/")
    [row] = page.context["ranking"].rows
    assert (row.project.pk, row.place.rank) == (selection.other.pk, 2)


def test_a_review_is_saved_incomplete_and_submitted_whole(selection, client):
    review = selection.assigned(selection.project, selection.evaluators[0])
    client.force_login(review.user)
    url = review.get_absolute_url()
    assert client.post(url, {"q-score-need": "4", "q-comment-need": "Per trumpa", "save": "1"}).status_code == 302
    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT
    page = client.post(url, {"q-score-need": "4", "q-comment-need": "Per trumpa", "submit": "1"})
    assert page.status_code == 400
    assert "Per trumpa" in text_of(page)
    assert set(page.context["form"].errors) >= {"score-service", "comment-need", "recommendation"}
    selection.written(review)
    page = client.get(url)
    form = page.context["form"]
    data = {form[name].html_name: form[name].value() or "" for name in form.fields}
    assert client.post(url, {**data, "submit": "1", "key": "k"}).status_code == 302
    assert client.post(url, {**data, "submit": "1", "key": "k"}).status_code in {302, 403, 409, 200}
    review.refresh_from_db()
    assert (review.state, review.total) == (ReviewState.SUBMITTED, Decimal("81.0000"))


def test_money_is_understood_as_people_write_it(selection, client):
    review = selection.assigned(selection.project, selection.evaluators[0])
    client.force_login(review.user)
    for typed in ("1 234,50", "1234.50"):
        client.post(review.get_absolute_url(), {"q-recommended_amount": typed, "save": "1"})
        review.refresh_from_db()
        assert review.recommended_amount == Decimal("1234.50")
    page = client.post(review.get_absolute_url(), {"q-recommended_amount": "daug", "save": "1", "q-comment_panel": "x"})
    assert page.status_code == 400
    assert 'value="daug"' in text_of(page)


def test_a_decision_goes_from_draft_to_letter_by_two_people(selection, client):
    for project, share in ((selection.project, "1"), (selection.other, "0.2")):
        selection.reviewed(project, selection.evaluators, share=share)
    url = f"/calls/{selection.call_.pk}/decisions/"
    client.force_login(selection.people.staff("coordinator"))
    page = client.get(url)
    forms = {row.project.pk: form for row, form in page.context["forms"]}
    assert [forms[p.pk].initial["outcome"] for p in (selection.project, selection.other)] == ["award", "decline"]
    data = {}
    for project, form in forms.items():
        data |= {f"p{project}-{name}": form.initial[name] or "" for name in form.fields}
    assert client.post(url, {**data, "propose": "1"}).status_code == 302
    assert client.post(f"{url}confirm/").status_code == 403, "nobody confirms a proposal of their own"
    client.force_login(selection.people.staff("head"))
    assert client.post(f"{url}confirm/").status_code == 302
    assert client.post(f"{url}confirm/").status_code == 302, "a second click changes nothing"
    assert client.get(f"{url}announce/").status_code == 200
    assert client.post(f"{url}announce/", {"expected": "3"}).status_code == 400
    assert Decision.objects.filter(state="announced").count() == 0
    assert client.post(f"{url}announce/", {"expected": "2"}).status_code == 302
    assert client.post(f"{url}announce/", {"expected": "2"}).status_code == 302, "a second click changes nothing"
    states = dict(Project.objects.values_list("pk", "state"))
    assert (states[selection.project.pk], states[selection.other.pk]) == ("implementation", "declined")
    assert Message.objects.filter(kind="decision_award").count() == 1
    assert Message.objects.filter(kind="decision_decline").count() == 1


PAGES = ("evaluators", "ranking", "decisions", "decisions/announce")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("coordinator", (200, 200, 200, 200)),
        ("head", (200, 200, 200, 200)),
        ("auditor", (403, 200, 200, 403)),
        ("finance", (403, 403, 403, 403)),
        ("evaluator1", (404, 404, 404, 404)),
        ("direktore", (404, 404, 404, 404)),
    ],
)
def test_who_opens_which_page_of_a_call(selection, client, page, who, statuses):
    known = {"evaluator1", "direktore"}
    client.force_login(selection.people.person(who) if who in known else selection.people.staff(who))
    answer = client.get(f"/calls/{selection.call_.pk}/{page}/")
    assert answer.status_code == statuses[PAGES.index(page)]


@pytest.mark.parametrize("who", ["coordinator", "head", "auditor"])
def test_the_way_back_from_a_review_leads_where_its_reader_may_go(selection, client, who):
    review, *_others = selection.reviewed(selection.project, selection.evaluators)
    client.force_login(selection.people.staff(who))
    way = [url for _name, url in client.get(review.get_absolute_url()).context["crumbs"]]
    last = "ranking" if who == "auditor" else "evaluators"
    assert way == ["/calls/manage/", selection.call_.get_manage_url(), f"/calls/{selection.call_.pk}/{last}/"]
    assert [client.get(url).status_code for url in way] == [200, 200, 200]


def test_the_ranking_costs_the_same_for_one_and_two(selection, client):
    client.force_login(selection.people.staff("coordinator"))
    url = f"/calls/{selection.call_.pk}/ranking/"
    counts = []
    for project in (selection.project, selection.other):
        selection.reviewed(project, selection.evaluators)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_anothers_review_and_one_that_never_was_look_the_same(selection, client):
    review = selection.assigned(selection.project, selection.evaluators[0])
    client.force_login(selection.evaluators[1].user)
    assert [client.get(f"/reviews/{pk}/").status_code for pk in (review.pk, 10**6)] == [404, 404]
    conflict = ConflictDeclaration.objects.get()
    assert conflict.state == ConflictState.NONE
    assert [client.get(f"/conflicts/{pk}/").status_code for pk in (conflict.pk, 10**6)] == [404, 404]
    assert Review.objects.count() == 1
