"""The glossary: every term of the reviewed file, in the order of the reader's alphabet."""

import csv
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from reporting.glossary.terms import by_letter, found, path, term_of, terms


def test_every_line_of_the_file_is_a_term_with_an_anchor_of_its_own():
    with path().open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(term.en, term.lt) for term in terms()] == [(row["en"], row["lt"]) for row in rows]
    keys = [term.key for term in terms()]
    assert len(set(keys)) == len(keys)
    assert not [key for key in keys if set(key) & set(' ":()/<>')]


def test_lithuanian_sorts_as_a_lithuanian_dictionary_does():
    with translation.override("lt"):
        letters = [letter for letter, _terms in by_letter(found())]
    alphabet = "ABCČDEFGHIJKLMNOPRSŠTUVZŽ"
    assert letters == sorted(letters, key=alphabet.index)


def test_english_sorts_by_its_own_words():
    words = [term.word.casefold() for term in found(kind="noun")]
    assert words == sorted(words)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("milestone", "orientyras"), ("ORIENTYR", "orientyras"), ("PARAIŠKĄ", "paraiška"), ("zzz", None)],
)
def test_words_are_found_in_both_languages_without_marks(asked, expected):
    words = [term.lt for term in found(asked)]
    assert (expected in words) if expected else words == []


@pytest.mark.parametrize(
    ("language", "word", "other"), [("lt", "orientyras", "milestone"), ("en", "milestone", "orientyras")]
)
def test_the_page_speaks_both_languages(client, language, word, other):
    html = client.get("/glossary/", headers={"accept-language": language}).content.decode()
    assert f'lang="{language}">{word}' in html
    assert f'lang="{"en" if language == "lt" else "lt"}">{other}</td>' in html
    assert "1 orientyras, 2 orientyrai, 1,5 orientyro, 10 orientyrų" in html


def test_the_page_can_be_narrowed_and_says_when_nothing_is_left(client):
    assert client.get("/glossary/?q=orientyras&kind=noun").context["count"] == 1
    assert "No such word here" in client.get("/glossary/?q=zzz", headers={"accept-language": "en"}).content.decode()
    assert client.get("/glossary/?kind=verb").status_code == 400


def test_a_word_of_help_leads_to_its_line():
    made = Template('{% load glossary %}{% term "milestone" %} {% term "milestone" "milestones" %}').render(Context())
    assert made == '<a href="/glossary/#milestone">milestone</a> <a href="/glossary/#milestone">milestones</a>'


def test_a_word_that_is_no_term_is_a_mistake_of_the_page():
    with pytest.raises(LookupError):
        term_of("spaceship")


EVERYDAY = {
    "library", "municipality", "county", "document", "file", "question", "answer", "comment", "notification / message",
    "user", "member", "participant", "visitor", "event", "training session", "service", "study / research", "survey",
    "respondent", "error", "record", "page", "character (of text)", "euro", "percent", "day", "week", "month",
    "quarter", "year", "hour", "minute",
}  # fmt: skip
"""Words that need no explanation."""


def test_every_word_that_is_not_of_every_day_has_a_meaning_in_both_languages():
    explained = [term for term in terms() if term.kind != "action" and term.en not in EVERYDAY]
    assert len(explained) == 160
    assert [term.en for term in explained if not (term.means_en and term.means_lt)] == []
    assert [term.en for term in terms() if term not in explained and (term.means_en or term.means_lt)] == []


def test_a_meaning_is_one_short_sentence():
    meanings = [meaning for term in terms() for meaning in (term.means_en, term.means_lt) if meaning]
    wrong = [
        text for text in meanings if not text.endswith(".") or len(text) > 130 or text != text.strip() or ". " in text
    ]
    assert wrong == []
    assert len(set(meanings)) == len(meanings)


def test_a_meaning_speaks_the_language_of_its_column():
    assert [term.en for term in terms() if re.search("[ąčęėįšųūž]", term.means_en)] == []
    lithuanian = [term.means_lt for term in terms() if term.means_lt]
    assert [text for text in lithuanian if re.search(r"\b(the|and|with|that|from)\b", text)] == []


@pytest.mark.parametrize(
    ("language", "meaning"),
    [("lt", "Geros paraiškos, kurioms pritrūko lėšų"), ("en", "Good applications for which there was no money")],
)
def test_help_beside_the_thing_tells_the_meaning_and_leads_on(language, meaning):
    with translation.override(language):
        made = Template('{% load glossary %}{% meanings "reserve list" "weight" %}').render(Context())
    assert made.count("<dt>") == 2
    assert '<details class="ask">' in made
    assert 'href="/glossary/#reserve-list"' in made
    assert meaning in made


def test_the_page_tells_meanings(client):
    page = client.get("/glossary/?q=reserve", headers={"accept-language": "en"}).content.decode()
    assert "Good applications for which there was no money" in page
