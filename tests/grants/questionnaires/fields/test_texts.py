"""Text, long text and web addresses."""

import pytest
from django.http import QueryDict

from grants.questionnaires.fields import kinds
from grants.questionnaires.text import count_characters

TEXT = {"type": "text", "max_chars": 10}
CODE = {"type": "text", "pattern": "^[0-9]{9}$"}
URL = {"type": "url"}


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("", 0),
        ("ąčę", 3),
        ("a\u0328", 1),  # a and an ogonek typed apart are one letter
        ("e\u0307", 1),
        ("\u017e", 1),
        ("z\u030c", 1),
        ("a\r\nb", 3),
        ("a\rb", 3),
        ("a\nb", 3),
        ("\r\n\r\n", 2),
        ("😀", 1),
        ("👩‍👩‍👧", 5),  # a family is drawn by five code points
        ("🇱🇹", 2),
        ("\x00", 0),
        ("a\x00b", 2),
        ("\u00a0", 1),
        ("\t", 1),
        ("  a  ", 5),
        ("\u200b", 1),
        ("\ud800", 1),  # half a character becomes a question mark
        ("ﬁ", 1),
        ("Ω", 1),
        ("שלום", 4),
        ("\u202eabc", 4),
    ],
)
def test_count_of_characters(typed, counted):
    assert count_characters(typed) == counted


@pytest.mark.parametrize(
    "typed", ["", " ", "\n\n", "\t", "\u00a0", "\u200b", "\u2028", "\ufeff", "\x1f", "\u202e", "\x00"]
)
def test_text_that_nobody_can_see_is_no_answer(ask, typed):
    assert ask(TEXT, typed) == (None, ["EMPTY"])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Ąžuolas", "Ąžuolas"),
        ("  Ąžuolas ", "Ąžuolas"),
        ("1234567890", "1234567890"),
        ("<b>x</b>", "<b>x</b>"),
        ("' OR 1=1", "' OR 1=1"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("=1+1", "=1+1"),
        ("../../x", "../../x"),
        ("%s%n%x", "%s%n%x"),
        ("null", "null"),
        ("0", "0"),
        ("😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀"),
        ("\u202eabc", "\u202eabc"),
    ],
)
def test_text_is_kept_as_it_is(ask, typed, value):
    assert ask(TEXT, typed) == (value, [])


@pytest.mark.parametrize(
    ("length", "sentence"),
    [
        (11, "Shorten the text by 1 character: there are 11, the limit is 10."),
        (12, "Shorten the text by 2 characters: there are 12, the limit is 10."),
        (5_000, "Shorten the text by 4990 characters: there are 5000, the limit is 10."),
    ],
)
def test_text_above_its_limit_is_kept_whole_and_refused(ask, length, sentence):
    assert ask(TEXT, "ą" * length) == ("ą" * length, [sentence])


def test_text_above_its_limit_speaks_lithuanian_too(ask):
    value, sentences = ask(TEXT, "ą" * 12, language="lt")
    assert (value, len(sentences)) == ("ą" * 12, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12345678", "Enter 9 digits; there are 8."),
        ("1", "Enter 9 digits; there is 1."),
        ("1234567890", "Enter 9 digits; there are 10."),
        ("12345678a", "Enter 9 digits and nothing else."),
        ("123 456 789", "Enter 9 digits and nothing else."),
        ("-12345678", "Enter 9 digits and nothing else."),
        ("１２３４５６７８９", "Enter 9 digits and nothing else."),
        ("١٢٣٤٥٦٧٨٩", "Enter 9 digits and nothing else."),
        ("123456789 OR 1", "Enter 9 digits and nothing else."),
    ],
)
def test_code_of_wrong_form_says_what_is_there(ask, typed, sentence):
    assert ask(CODE, typed)[1] == [sentence]


@pytest.mark.parametrize("typed", ["123456789", " 123456789 ", "000000000"])
def test_code_of_right_form(ask, typed):
    assert ask(CODE, typed) == (typed.strip(), [])


def test_pattern_of_another_form_is_explained_by_the_call(ask):
    question = {"type": "text", "pattern": "[A-Z]{2}-[0-9]+", "pattern_help": {"lt": "Pvz., AB-1", "en": "Like AB-1"}}
    assert ask(question, "ab1")[1] == ["Like AB-1"]
    assert ask({"type": "text", "pattern": "[A-Z]+"}, "ab")[1] == [
        "The answer is not written in the form that is asked for."
    ]
    assert ask(question, "AB-1") == ("AB-1", [])


def test_text_longer_than_any_pattern_is_not_matched_at_all(ask):
    assert ask({"type": "text", "pattern": "a*"}, "a" * 201)[1] == [
        "The answer is not written in the form that is asked for."
    ]


@pytest.mark.parametrize(
    ("kind", "sent", "stored"),
    [
        ("text", "a\r\nb", "a b"),
        ("text", "a\x00b", "ab"),
        ("longtext", "a\r\nb\rc", "a\nb\nc"),
        ("longtext", "a\x00", "a"),
        ("longtext", "e\u0307", "ė"),
        ("longtext", "\ud800", "?"),
    ],
)
def test_reading_cleans_but_never_cuts(kind, sent, stored):
    data = QueryDict(mutable=True)
    data["q"] = sent
    assert kinds()[kind].read(data, "q", {"type": kind, "max_chars": 1}) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.biblioteka.lt",
        "http://biblioteka.lt/kelias?a=1&b=2#c",
        "https://ąžuolas.lt/",
        " https://www.biblioteka.lt ",
        "HTTPS://WWW.BIBLIOTEKA.LT",
        "https://127.0.0.1:8000/",
    ],
)
def test_url_in_full(ask, typed):
    assert ask(URL, typed) == (typed.strip(), [])


@pytest.mark.parametrize(
    "typed",
    [
        "www.biblioteka.lt", "biblioteka", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>",
        "vbscript:x", "file:///etc/passwd", "ftp://biblioteka.lt", "//biblioteka.lt", "mailto:a@b.lt",
        "\x01javascript:x",
        "blob:https://x.lt/1", "java\tscript:alert(1)", "&#106;avascript:x", "about:blank", "httpss://x.lt",
    ],
)  # fmt: skip
def test_url_of_another_kind_is_refused(ask, typed):
    assert ask(URL, typed) == (None, ["Begin the link with https://, for example https://www.biblioteka.lt."])


@pytest.mark.parametrize(
    "typed",
    [
        "https://", "http://.", "https://a b.lt", "https://<script>", "https://x", "https://x.lt/\n<script>",
        "https://-x.lt", "https://x..lt", "https://[::1", "https://x.lt:999999", "https://user:pass word@x.lt",
    ],
)  # fmt: skip
def test_url_that_leads_nowhere_is_refused(ask, typed):
    value, sentences = ask(URL, typed)
    assert value is None
    assert sentences == ["This is not a web address. Copy it from the browser's address bar."]


def test_url_too_long(ask):
    value, sentences = ask(URL, "https://x.lt/" + "a" * 500)
    assert value is None
    assert sentences == ["Shorten the text by 13 characters: there are 513, the limit is 500."]
