"""The glossary: every term of the reviewed file, in the order of the reader's alphabet."""

import csv

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
