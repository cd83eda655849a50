"""Filling in and submitting through the pages, as a browser without scripts does it."""

import pytest
from django.urls import reverse

from grants.applications.models import Application, SubmitAttempt, SubmittedVersion
from grants.questionnaires.forms import build_section_form
from grants.questionnaires.submitted import token_name
from tests.grants.applications import filling
from tests.grants.applications.conftest import CLOSES

pytestmark = pytest.mark.django_db


def section_url(application, section="need"):
    return reverse("applications:section", args=[application.pk, section])


def text(response):
    return response.content.decode()


@pytest.fixture
def english(client):
    def as_person(person):
        person.language = "en"
        person.save(update_fields=["language"])
        client.force_login(person)
        return client

    return as_person


def test_begin_goes_to_the_task_list_and_a_second_click_to_the_same(english, call, library, director):
    page = english(director)
    data = {"organisation": library.pk}
    first = page.post(reverse("applications:start", args=[call.pk]), data)
    second = page.post(reverse("applications:start", args=[call.pk]), data, follow=True)
    assert first.url == second.redirect_chain[-1][0] == f"/applications/{Application.objects.get().pk}/"
    assert "You have already begun this application" in text(second)


@pytest.mark.parametrize("given", ["", "0", "999999999999999999999", "abc", "1; DROP TABLE"])
def test_begin_for_an_organisation_that_is_not_mine_is_a_sentence(given, english, call, director):
    answer = english(director).post(reverse("applications:start", args=[call.pk]), {"organisation": given})
    assert (answer.status_code, Application.objects.count()) == (400, 0)


def test_begin_for_somebody_elses_library_is_refused(english, call, director, other_library):
    answer = english(director).post(reverse("applications:start", args=[call.pk]), {"organisation": other_library.pk})
    assert (answer.status_code, Application.objects.count()) == (400, 0)


def test_who_belongs_to_no_library_is_told_what_to_do(english, call, stranger):
    answer = english(stranger).get(reverse("applications:start", args=[call.pk]))
    assert "Ask an administrator of your library to add you" in text(answer)


def test_save_and_go_on_leads_to_the_next_section(english, draft, director):
    data = filling.PROJECT_CALL["need"].copy()
    data["next"] = "1"
    answer = english(director).post(section_url(draft), data)
    assert answer.url == section_url(draft, "plan")


def test_save_leads_to_the_task_list(english, draft, director):
    answer = english(director).post(section_url(draft), filling.PROJECT_CALL["need"], follow=True)
    assert answer.redirect_chain[-1][0] == draft.get_absolute_url()
    assert "Saved." in text(answer)


def test_change_from_the_check_leads_back_to_the_check(english, draft, director):
    page = english(director)
    check = reverse("applications:check", args=[draft.pk])
    assert f'href="{check}need/#q-need"' in text(page.get(check))
    assert page.post(f"{check}need/", filling.PROJECT_CALL["need"]).url == check


def test_a_mistake_is_saved_shown_and_said(english, draft, director):
    answer = english(director).post(section_url(draft), filling.typed(need="Tekstas", target_count="-3"))
    assert answer.status_code == 400
    assert "Saved, but one thing needs mending" in text(answer)
    assert 'href="#q-target_count"' in text(answer)
    assert 'value="-3"' in text(answer)
    assert draft.sheet.answers.get(key="need").raw == "Tekstas"


def test_a_row_is_added_without_a_script_and_the_page_returns_to_it(english, draft, director):
    data = filling.typed(**filling.rows("objectives", {"text": "Vienas"}))
    data["add-row:objectives"] = "1"
    answer = english(director).post(section_url(draft, "plan"), data)
    assert answer.url == f"{section_url(draft, 'plan')}#q-objectives"
    assert len(draft.sheet.answers.get(key="objectives").raw) == 2


def test_two_people_see_both_texts_and_the_second_press_decides(english, draft, director, editor, client):
    def page_tokens():
        return {token_name(q.key): q.token for q in build_section_form(draft.sheet, "need").questions}

    seen = page_tokens()
    client.force_login(editor)
    client.post(section_url(draft), {**seen, "q-need": "Redaktoriaus tekstas"})
    answer = english(director).post(section_url(draft), {**seen, "q-need": "Direktorės tekstas"})
    assert answer.status_code == 409
    assert "Direktorės tekstas" in text(answer)
    assert "Redaktoriaus tekstas" in text(answer)
    assert draft.sheet.answers.get(key="need").raw == "Redaktoriaus tekstas"
    decided = english(director).post(section_url(draft), {**page_tokens(), "q-need": "Direktorės tekstas"})
    assert decided.status_code == 302
    assert draft.sheet.answers.get(key="need").raw == "Direktorės tekstas"
    assert draft.sheet.answers.get(key="need").revisions.get().raw == "Redaktoriaus tekstas"


def test_a_session_that_ended_in_a_long_text_loses_nothing(client, draft, director):
    """Without a script: the text travels with the way to sign in, is shown again, and saved by the same button."""
    long = "Ilgas tekstas apie poreikį. " * 100
    answer = client.post(section_url(draft), {"q-need": long})
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={section_url(draft)}")
    assert not draft.sheet.answers.filter(key="need").exists()
    client.force_login(director)
    shown = client.get(section_url(draft))
    assert long.strip() in text(shown)
    assert 'role="alert"' in text(shown)
    assert not draft.sheet.answers.filter(key="need").exists()
    client.post(section_url(draft), {"q-need": long})
    assert draft.sheet.answers.get(key="need").value == long.strip()


def test_the_text_of_one_person_is_not_shown_to_another_library(client, draft, stranger):
    client.post(section_url(draft), {"q-need": "Slaptas tekstas"})
    client.force_login(stranger)
    assert client.get(section_url(draft)).status_code == 404


def test_saving_in_the_background_answers_in_json(english, draft, director):
    page = english(director)
    saved = page.post(section_url(draft), {"q-need": "Tekstas"}, headers={"X-Autosave": "1"})
    assert (saved.status_code, saved.json()["text"]) == (200, "Saved 12:00")
    page.logout()
    refused = page.post(section_url(draft), {"q-need": "Kitas"}, headers={"X-Autosave": "1"})
    assert refused.status_code == 401


def test_submitting_with_the_declarations_leads_to_the_receipt(english, ready, director):
    page = english(director)
    shown = text(page.get(reverse("applications:submit", args=[ready.pk])))
    assert "You get a receipt" in shown
    assert "error-summary" not in shown
    data = {**filling.DECLARATIONS.dict(), "key": "k"}
    answer = page.post(reverse("applications:submit", args=[ready.pk]), data, follow=True)
    assert answer.redirect_chain[-1][0] == "/applications/receipts/BP-2027-1-0001-P1-32/"
    assert "The application has been received." in text(answer)
    assert SubmittedVersion.objects.get().sha256 in text(answer)


def test_a_double_click_on_submit_makes_one_version_and_shows_one_receipt(english, ready, director):
    page, address = english(director), reverse("applications:submit", args=[ready.pk])
    data = {**filling.DECLARATIONS.dict(), "key": "k"}
    first, second = page.post(address, data), page.post(address, data)
    assert first.url == second.url
    assert list(SubmitAttempt.objects.order_by("pk").values_list("result", flat=True)) == ["accepted", "repeated"]


def test_a_second_tab_is_led_to_the_receipt_of_the_first(english, ready, director):
    page, address = english(director), reverse("applications:submit", args=[ready.pk])
    first = page.post(address, {**filling.DECLARATIONS.dict(), "key": "one"})
    second = page.post(address, {**filling.DECLARATIONS.dict(), "key": "two"}, follow=True)
    assert second.redirect_chain[-1][0] == first.url
    assert "had already been submitted" in text(second)
    assert SubmittedVersion.objects.count() == 1


def test_declarations_left_out_are_asked_for(english, ready, director):
    answer = english(director).post(reverse("applications:submit", args=[ready.pk]), {"key": "k", "q-decl_true": "on"})
    assert answer.status_code == 400
    assert 'href="#q-decl_no_debt"' in text(answer)
    assert text(answer).count(" checked") == 1
    assert SubmittedVersion.objects.count() == 0


def test_an_incomplete_application_shows_what_is_missing_with_links(english, draft, director):
    shown = text(english(director).get(reverse("applications:submit", args=[draft.pk])))
    assert 'aria-disabled="true"' in shown
    assert f'href="{section_url(draft, "essence")}#q-title"' in shown


def test_submitting_late_says_so_and_keeps_the_press(english, ready, director, travel):
    travel.to(CLOSES)
    answer = english(director).post(
        reverse("applications:submit", args=[ready.pk]), {**filling.DECLARATIONS.dict(), "key": "k"}
    )
    assert answer.status_code == 400
    assert "The deadline for applications has passed." in text(answer)
    log = text(english(director).get(reverse("applications:attempts", args=[ready.pk])))
    assert "refused: after the deadline" in log
    assert "17:00" in log


def test_a_press_in_a_stale_tab_of_a_submitted_application_is_a_409_page(english, received, director):
    answer = english(director).post(section_url(received), filling.typed(need="Vėlyvas"))
    assert answer.status_code == 409
    assert "Someone was faster" in text(answer)


def test_an_open_section_page_of_a_submitted_application_leads_to_the_application(english, received, director):
    assert english(director).get(section_url(received)).url == received.get_absolute_url()


@pytest.mark.parametrize("section", ["secrets", "x" * 200])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_section_that_is_not_there_is_404(section, method, english, draft, director):
    assert getattr(english(director), method)(section_url(draft, section)).status_code == 404


def test_a_viewer_reads_but_does_not_write(english, draft, viewer):
    page = english(viewer)
    assert page.get(section_url(draft)).url == reverse("applications:check", args=[draft.pk])
    assert page.post(section_url(draft), {"q-need": "x"}).status_code == 403
    assert page.post(reverse("applications:submit", args=[draft.pk]), {"key": "k"}).status_code == 403
    assert "Change" not in text(page.get(reverse("applications:check", args=[draft.pk])))


def test_the_check_page_says_what_is_not_provided(english, draft, director):
    shown = text(english(director).get(reverse("applications:check", args=[draft.pk])))
    assert "Not provided" in shown
    assert "things are missing" in shown


def test_giving_up_a_draft_asks_first_and_is_done_once(english, ready, director):
    page, address = english(director), reverse("applications:abandon", args=[ready.pk])
    assert "What happens then:" in text(page.get(address))
    assert "The application is given up." in text(page.post(address, {"key": "k"}, follow=True))
    ready.project.refresh_from_db()
    assert ready.project.state == "abandoned"
    assert "What happens then:" not in text(page.get(address))


@pytest.mark.parametrize(
    ("step", "state", "done"),
    [
        ("reopen", "call", "The application is open for editing."),
        ("withdraw", "withdrawn", "The application is withdrawn."),
    ],
)
def test_taking_back_asks_first_and_says_what_happened(step, state, done, english, received, director):
    page, address = english(director), reverse(f"applications:{step}", args=[received.pk])
    assert "What happens then:" in text(page.get(address))
    answer = page.post(address, {"key": "k", "reason": "Nebėra partnerio"}, follow=True)
    assert (done in text(answer), answer.redirect_chain[-1][0]) == (True, received.get_absolute_url())
    received.project.refresh_from_db()
    assert received.project.state == state


def test_reopening_too_late_shows_why_not(english, received, director, travel):
    travel.to(CLOSES)
    page, address = english(director), reverse("applications:reopen", args=[received.pk])
    assert "The deadline for applications has passed." in text(page.get(address))
    assert page.post(address, {"key": "k"}).status_code == 400


def test_a_reason_that_is_too_long_is_a_sentence_and_stays(english, received, director):
    answer = english(director).post(
        reverse("applications:withdraw", args=[received.pk]), {"key": "k", "reason": "ž" * 2001}
    )
    assert (answer.status_code, "ž" * 2001 in text(answer)) == (400, True)
