"""The small language of the search box."""

import pytest
from django.utils import translation

from reporting.search.flags import FLAGS
from reporting.search.language import CONDITIONS, KEYS, Term, parse


@pytest.mark.parametrize(
    ("text", "words", "terms"),
    [
        ("", [], []),
        ("   ", [], []),
        ("Skaitykla", ["skaitykla"], []),
        ("ŽALIA žąsis", ["zalia", "zasis"], []),
        ("is:overdue", [], [Term("is", "overdue")]),
        ("-is:held", [], [Term("is", "held", negated=True)]),
        ("IS:overdue", [], [Term("is", "overdue")]),
        ("yra:vėluoja etapas:atranka", [], [Term("is", "vėluoja"), Term("stage", "atranka")]),
        ("būsena:rezervas", [], [Term("state", "rezervas")]),
        ('org:"Paupio viešoji" sala', ["sala"], [Term("org", "Paupio viešoji")]),
        ("call:BP-2027-1 older:30", [], [Term("call", "BP-2027-1"), Term("older", "30")]),
        ("17:00", ["17:00"], []),
        ("call:", ["call:"], []),
        ('"', ['"'], []),
    ],
)
def test_what_is_typed_becomes_words_and_conditions(text, words, terms):
    asked = parse(text)
    assert (asked.words, asked.terms, asked.notes) == (words, terms, [])


def test_an_unknown_key_is_searched_as_a_word_and_said():
    asked = parse("spalva:žalia")
    assert (asked.words, asked.terms) == (["spalva", "zalia"], [])
    assert asked.notes == ["“spalva:” is no condition; it was searched as a word."]


def test_every_key_has_a_condition():
    assert set(KEYS.values()) == set(CONDITIONS)


@pytest.mark.parametrize("language", ["en", "lt"])
def test_no_two_flags_are_called_the_same(language):
    with translation.override(language):
        labels = [str(flag.label) for flag in FLAGS.values()]
    assert len(set(labels)) == len(labels)
