"""Saving while one writes, in a real browser: nothing typed is lost."""

import re

import pytest
from django.conf import settings as product
from django.test import Client

from grants.accounts.models import User
from grants.questionnaires.from_call import definition_from_call
from grants.questionnaires.models import Answer
from grants.questionnaires.services import open_sheet, publish_questionnaire
from tests.grants.questionnaires.conftest import document
from workflows.models import Case

pytestmark = pytest.mark.journey
HOUR = re.compile(r"\d\d:\d\d")
COOKIE = product.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def _page(settings):
    settings.ROOT_URLCONF = "tests.grants.questionnaires.pages"


@pytest.fixture
def desk(committed_db, live_url, browser_page):
    return Desk(browser_page, live_url)


class Desk:
    """A person at a computer, with a sheet to fill in."""

    def __init__(self, page, live_url):
        self.page, self.live_url = page, live_url
        self.person = User.objects.create_user("vardene@biblioteka.test", full_name="Vardenė Pavardenė")
        self.colleague = User.objects.create_user("jonas@biblioteka.test", full_name="Jonas Jonaitis")
        definition = definition_from_call(document("bp-2027-1"))
        questionnaire = publish_questionnaire(code="A", definition=definition, by=self.person)
        case = Case.objects.create(kind="project", number="A-1", title="A")
        self.sheet = open_sheet(questionnaire=questionnaire, case=case, by=self.person)
        self.path = f"/sheets/{self.sheet.pk}/essence/"
        self.sign_in(self.person)

    def sign_in(self, person):
        client = Client()
        client.force_login(person)
        value = client.cookies[COOKIE].value
        self.page.context.add_cookies([{"name": COOKIE, "value": value, "url": self.live_url}])

    def sign_out(self):
        self.page.context.clear_cookies(name=COOKIE)

    def title(self):
        return Answer.objects.get(sheet=self.sheet, key="title").raw

    def says(self, words, page=None):
        from playwright.sync_api import expect

        expect((page or self.page).locator("[data-saved]")).to_have_text(words)


def test_text_is_saved_three_seconds_after_the_last_letter(committed_db, desk):
    desk.page.clock.install()
    desk.page.goto(desk.path)
    desk.page.fill("#q-title", "Dirbtuvės")
    desk.page.clock.run_for(3_100)
    desk.says(HOUR)
    assert desk.title() == "Dirbtuvės"


def test_text_is_saved_when_the_field_is_left_and_then_again(committed_db, desk):
    desk.page.goto(desk.path)
    for text in ("Dirbtuvės", "Dirbtuvės filialuose"):
        with desk.page.expect_response(lambda answer: answer.request.method == "POST"):
            desk.page.fill("#q-title", text)
            desk.page.press("#q-title", "Tab")
        desk.says(HOUR)
        assert desk.title() == text


def test_text_typed_without_a_connection_is_saved_when_it_is_back(committed_db, desk):
    desk.page.goto(desk.path)
    desk.page.context.set_offline(True)
    desk.page.fill("#q-title", "Be ryšio")
    desk.page.press("#q-title", "Tab")
    desk.says(re.compile("Not saved|Neišsaugota|Nepavyko"))
    desk.page.context.set_offline(False)
    desk.says(HOUR)
    assert desk.title() == "Be ryšio"


def test_text_typed_after_the_session_ran_out_is_back_after_signing_in(committed_db, desk):
    desk.page.goto(desk.path)
    desk.sign_out()
    desk.page.fill("#q-title", "Ilgas tekstas")
    desk.page.press("#q-title", "Tab")
    desk.says(re.compile("Not saved|Neišsaugota|Nepavyko"))
    desk.sign_in(desk.person)
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.page.goto(desk.path)
    assert desk.page.input_value("#q-title") == "Ilgas tekstas"
    desk.page.press("#q-title", "End")
    desk.page.press("#q-title", "Tab")
    desk.says(HOUR)
    assert desk.title() == "Ilgas tekstas"


def test_copy_on_the_computer_is_for_nobody_else(committed_db, desk):
    desk.page.goto(desk.path)
    desk.sign_out()
    desk.page.fill("#q-title", "Mano")
    desk.page.press("#q-title", "Tab")
    desk.says(re.compile("Not saved|Neišsaugota|Nepavyko"))
    desk.sign_in(desk.colleague)
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.page.goto(desk.path)
    assert desk.page.input_value("#q-title") == ""


def test_two_tabs_lose_neither_text(committed_db, desk):
    desk.page.goto(desk.path)
    other = desk.page.context.new_page()
    other.goto(desk.path)
    other.fill("#q-title", "Pirmas")
    other.press("#q-title", "Tab")
    desk.says(HOUR, other)
    desk.page.fill("#q-title", "Antras")
    desk.page.press("#q-title", "Tab")
    desk.says(re.compile("Vardenė Pavardenė"))
    assert desk.title() == "Pirmas"
    desk.page.click("button:has-text('Save')")
    assert desk.page.input_value("#q-title") == "Antras"
    assert desk.page.inner_text("blockquote") == "Pirmas"
    desk.page.click("button:has-text('Save')")
    desk.page.wait_for_selector("blockquote", state="detached")
    assert desk.title() == "Antras"


def test_counter_counts_as_the_server_does(committed_db, desk):
    from playwright.sync_api import expect

    desk.page.goto(desk.path)
    desk.page.fill("#q-summary", "ą😀\ne\u0307")
    expect(desk.page.locator("#q-summary-counter")).to_contain_text("1496")
    desk.page.fill("#q-summary", "ą" * 1502)
    expect(desk.page.locator("#q-summary-counter")).to_contain_text("2")
    expect(desk.page.locator("#q-summary-counter")).to_have_class(re.compile("error"))


def test_row_is_added_without_a_script(committed_db, desk):
    context = desk.page.context.browser.new_context(java_script_enabled=False, base_url=desk.live_url)
    context.add_cookies(desk.page.context.cookies())
    page = context.new_page()
    page.goto(f"/sheets/{desk.sheet.pk}/partners/")
    page.fill("#q-partners-0-name", "Mokykla")
    page.click("button[name='add-row:partners']")
    assert page.input_value("#q-partners-0-name") == "Mokykla"
    page.fill("#q-partners-1-name", "Muziejus")
    page.click("button[name='move-up:partners:1']")
    assert [page.input_value(f"#q-partners-{at}-name") for at in (0, 1)] == ["Muziejus", "Mokykla"]
    page.press("#q-partners-0-name", "Enter")  # Enter saves; it presses no row's button
    assert page.input_value("#q-partners-0-name") == "Muziejus"
    context.close()
