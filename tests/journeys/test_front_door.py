"""A stranger at the front door: it opens, in the language asked for, and the browser refuses nothing on it."""

import pytest

pytestmark = pytest.mark.journey


def test_a_stranger_reads_the_home_page_in_both_languages(browser_page):
    answer = browser_page.goto("/")
    assert answer.status == 200
    assert browser_page.locator("html").get_attribute("lang") == "lt"
    assert browser_page.locator("h1").count() == 1

    browser_page.get_by_role("button", name="English").click()
    assert browser_page.locator("html").get_attribute("lang") == "en"


def test_a_page_that_never_was_says_so(browser_page):
    answer = browser_page.goto("/tokio-puslapio-nera/")
    assert answer.status == 404
    assert browser_page.locator("h1").count() == 1
