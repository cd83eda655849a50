"""Switching the language in a real browser keeps the page, its question, and what is typed and not yet saved."""

import pytest

pytestmark = pytest.mark.journey


def switch(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def language(page):
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("address", ["/glossary/?q=para&kind=noun", "/search/?q=biblioteka", "/help/#trouble"])
def test_a_page_with_its_question_stays(browser_page, address):
    browser_page.goto(address)
    before = browser_page.url.split("#")[0]
    switch(browser_page, "English")
    assert (browser_page.url, language(browser_page)) == (before, "en")
    switch(browser_page, "Lietuviškai")
    assert (browser_page.url, language(browser_page)) == (before, "lt")


def test_a_half_written_section_of_an_application_stays(desk):
    story, page = desk.story, desk.page
    library = story.people.library()
    director = story.people.member(library, "direktore", "Vardenė Pavardenė")
    call = story.call()
    application = story.at("2027-02-20 10:00").draft(call, library, director)
    desk.sign_in(director)
    desk.open(f"/applications/{application.pk}/")
    desk.press("main .task a")
    address = page.url
    field = page.locator("main form :is(textarea, input[type=text])").first
    field.fill("Pusiau parašyta „mintis“ <b>")
    boxes = page.locator("main form :is(input[type=checkbox], input[type=radio]):not(:checked)")
    marked = boxes.first.get_attribute("value") if boxes.count() else None
    if marked:
        boxes.first.check()
    switch(page, "English")
    assert (page.url, language(page)) == (address, "en")
    assert (
        page.locator("main form :is(textarea, input[type=text])").first.input_value() == "Pusiau parašyta „mintis“ <b>"
    )
    if marked:
        assert page.locator(f"main form input[value='{marked}']:checked").count() == 1


def test_a_refused_form_stays_with_what_was_typed(desk):
    page = desk.page
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open("/account/profile/")
    name = page.locator("main input[name=full_name]")
    name.evaluate("field => field.removeAttribute('maxlength')")
    name.fill("V" * 400)
    page.locator("main form:has(input[name=full_name]) button.btn").first.click()
    page.wait_for_load_state()
    assert page.locator(".errors, [data-focus]").count() >= 1
    switch(page, "English")
    assert (page.url.endswith("/account/profile/"), language(page)) == (True, "en")
    assert page.locator("main input[name=full_name]").input_value() == "V" * 400


def test_what_was_typed_never_reaches_another_page_nor_stays_behind(desk):
    page = desk.page
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open("/account/profile/")
    page.locator("main input[name=full_name]").fill("Kita")
    switch(page, "English")
    assert page.locator("main input[name=full_name]").input_value() == "Kita"
    assert page.evaluate("sessionStorage.getItem('typed')") is None
    desk.open("/account/profile/")
    assert page.locator("main input[name=full_name]").input_value() != "Kita"
