"""Help and the statement of accessibility: open to everybody, reached from every foot, every link leads somewhere."""

import re

import pytest
from django.urls import resolve

pytestmark = pytest.mark.django_db


def links(page: str) -> list[str]:
    return re.findall(r'<a href="(/[^"#]*)', page[page.index("<main") : page.index("</main>")])


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("address", ["/help/", "/accessibility/"])
def test_everybody_reads_them_in_both_languages(client, address, language):
    client.cookies["language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.count(b"<h1") == 1
    assert f'<html lang="{language}"' in answer.content.decode()


def test_links_of_help_lead_to_pages_of_the_product(client):
    found = links(client.get("/help/").content.decode())
    assert len(found) >= 5
    assert all(resolve(address) for address in found)


def test_every_page_of_help_can_be_jumped_to(client):
    page = client.get("/help/").content.decode()
    anchors = re.findall(r'href="#([a-z-]+)"', page.split("<main")[1])
    assert len(anchors) == 5
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_the_foot_of_every_page_leads_to_help_rules_words_and_the_statement(client):
    page = client.get("/glossary/").content.decode()
    foot = page.split('class="foot"')[1]
    assert re.findall(r'<a href="(/[^"]*)', foot) == [
        "/help/", "/funded/how/", "/glossary/", "/policy/", "/search/", "/accessibility/",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/help/", "/accessibility/"])
def test_whom_to_ask_stands_there_when_it_is_known_and_is_no_markup(client, settings, address):
    settings.CONTACT = ""
    assert "pagalba@" not in client.get(address).content.decode()
    settings.CONTACT = "pagalba@lba.test <b>, +370 5 000 0000"
    assert "pagalba@lba.test &lt;b&gt;, +370 5 000 0000" in client.get(address).content.decode()
