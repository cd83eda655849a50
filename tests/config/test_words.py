"""The Lithuanian words: complete, whole, in the right forms, the same everywhere, and on every public page."""

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation
from django.utils.translation import ngettext, pgettext

from config import messages
from grants.accounts.models import RoleGrant
from grants.calls.states import CallState
from tests.grants.calls.makers import WHILE_OPEN, call_in, person
from workflows import clock

GLOSSARY = Path(settings.BASE_DIR) / "config" / "glossary.csv"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%[a-z]|\{\w*\}|%d")
FORMS = 4  # one, few, many (fractions), other: as in Django's own Lithuanian catalogue
DJANGO_RULE = (
    "(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : (n % 10 >= 2 && n % 10 <=9) && (n % 100 > 19 || n % 100 < 11)"
    " ? 1 : n % 1 != 0 ? 2: 3)"
)

UNINFLECTED = {
    "there is %(there)d",
    "There is %(unused_count)s out of %(total_count)s recovery codes available.",
}
"""Sentences whose Lithuanian names the number without a noun beside it."""

OTHER_MEANING = {
    ("", "Evaluation"): "the fifth stage measures impact; what evaluators write is vertinimas",
    ("", "point"): "of a checklist, not of a score",
    ("", "Answer"): "a button",
    ("clarification step", "Answer"): "a button",
    ("button", "Answer"): "a button",
    ("button", "Record"): "a button",
    ("button", "Report"): "a button",
    ("", "Change"): "a link",
    ("", "Record"): "a button",
    ("", "Withdraw"): "an invitation, which is cancelled",
    ("impact report step", "Withdraw"): "a published report, which is cancelled",
    ("", "Pass mark"): "the least that a criterion needs",
    ("measure", "number"): "how many, not which",
}
"""Words of the glossary that stand here for something else, and for what."""

ENGLISH = set(
    re.findall(
        r"\w+",
        "the of and are was were this that with for from by your you not has have been which who when what where will"
        " can cannot it its at on or an all any must since until nothing only open page save back sign enter choose",
    )
)
"""Function words and verbs of English that are no Lithuanian words."""


@pytest.fixture(scope="module")
def catalogue():
    return [message for message in messages.read("lt") if message.id]


def forms_of(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def key_of(message):
    return message.id[0] if isinstance(message.id, tuple) else message.id


def test_every_text_of_code_and_templates_is_translated():
    judgement = messages.judge("lt")
    assert (judgement.missing, judgement.untranslated, judgement.fuzzy, judgement.obsolete, judgement.broken) == (
        [], [], [], [], [],
    )  # fmt: skip


def test_texts_are_named_by_functions_that_the_extraction_knows():
    alias = re.compile(r"^\s*from django\.utils\.translation import .*gettext\w* as (?!_$)\w+", re.MULTILINE)
    unknown = [
        str(path)
        for room in messages.SOURCES
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py")
        if alias.search(path.read_text(encoding="utf-8"))
    ]
    assert unknown == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    different = []
    for message in catalogue:
        source = message.id[1] if isinstance(message.id, tuple) else message.id
        wanted = sorted(set(PLACEHOLDER.findall(source)))
        different += [text for text in forms_of(message) if sorted(set(PLACEHOLDER.findall(text))) != wanted]
    assert different == []


def test_every_plural_has_four_forms_and_one_is_not_many(catalogue):
    plurals = [message for message in catalogue if isinstance(message.id, tuple)]
    assert plurals
    assert [key_of(m) for m in plurals if len(m.string) != FORMS or not all(m.string)] == []
    assert [key_of(m) for m in plurals if m.string[0] == m.string[3] and key_of(m) not in UNINFLECTED] == []


def test_the_plural_rule_is_the_one_of_django():
    catalogue = messages.read("lt")
    assert (catalogue.num_plurals, catalogue.plural_expr) == (FORMS, DJANGO_RULE)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 tikslų"), (1, "1 tikslas"), (2, "2 tikslai"), (9, "9 tikslai"), (10, "10 tikslų"), (11, "11 tikslų"),
        (12, "12 tikslų"), (19, "19 tikslų"), (20, "20 tikslų"), (21, "21 tikslas"), (22, "22 tikslai"),
        (30, "30 tikslų"), (101, "101 tikslas"), (111, "111 tikslų"), (112, "112 tikslų"), (121, "121 tikslas"),
    ],
)  # fmt: skip
def test_numbers_take_the_form_that_lithuanian_asks_for(count, words):
    with translation.override("lt"):
        assert ngettext("%(n)s goal", "%(n)s goals", count) % {"n": count} == words.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("noun", "state", "words"),
    [
        ("project", "withdrawn", "atsiimtas"), ("project", "terminated", "nutrauktas"),
        ("agreement", "signed", "pasirašyta"), ("agreement", "terminated", "nutraukta"),
        ("report", "submitted", "pateikta"), ("report", "returned", "grąžinta tikslinti"),
        ("review", "submitted", "pateiktas"), ("measurement", "approved", "patvirtintas"),
        ("payment", "approved", "patvirtintas"), ("payment", "paid", "išmokėtas"),
        ("milestone", "accepted", "priimtas"), ("impact report", "published", "paskelbta"),
        ("call", "cancelled", "atšauktas"), ("clarification", "cancelled", "atšaukta"),
        ("funding", "confirmed", "patvirtintos"),
    ],
)  # fmt: skip
def test_a_status_agrees_with_its_noun(noun, state, words):
    with translation.override("lt"):
        assert pgettext(noun, state) == words


def test_the_words_of_the_glossary_are_the_words_of_the_pages(catalogue):
    wanted: dict[str, set[str]] = {}
    with GLOSSARY.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            if row["kind"] == "status":  # statuses follow their nouns
                continue
            for term in re.sub(r"\s*\(.*?\)", "", row["en"]).split(" / "):
                found = {row["lt"], row["lt_one"], row["lt_few"]}
                wanted.setdefault(term.casefold(), set()).update(word.casefold() for word in found if word)
    met, other = 0, []
    for message in catalogue:
        words = wanted.get(key_of(message).casefold())
        if words is None or isinstance(message.id, tuple) or (message.context or "", message.id) in OTHER_MEANING:
            continue
        met += 1
        if message.string.casefold() not in words:
            other.append(f"{message.context}|{message.id}: {message.string}, not {sorted(words)}")
    assert other == []
    assert met > 50


def test_quotation_marks_are_lithuanian(catalogue):
    wrong = []
    for message in catalogue:
        for text in forms_of(message):
            bare = re.sub(r"<[^>]*>", "", text).replace("„; palikta", "")
            if bare.count("„") != bare.count("“") or "”" in bare or '"' in bare:
                wrong.append(text)
    assert [text for text in wrong if "ženklu “ vietoj" not in text] == []


def test_a_number_and_its_unit_stay_on_one_line(catalogue):
    broken = re.compile(r"(?:\d|\)[sd]|\}|%%[a-z]) (?:Eur|proc\.|MB|d\.|mėn\.|val\.|min\.)(?:\W|$)")
    assert [text for message in catalogue for text in forms_of(message) if broken.search(text)] == []


class Words(HTMLParser):
    """The text of a page that a person sees or hears, one piece a line."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.pieces += [value for name, value in attrs if value and name in ("aria-label", "title", "alt")]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.pieces.append(" ".join(data.split()))


def english_in(html: str) -> list[str]:
    """Pieces with an English function word, and those that are the English source of a text; `English` names itself."""
    page = Words()
    page.feed(html)
    sources = {key_of(message): forms_of(message) for message in messages.read("lt") if message.id}
    return [
        piece
        for piece in page.pieces
        if ENGLISH & set(re.findall(r"[\w’']+", piece.casefold()))
        or (piece in sources and piece not in sources[piece] and piece != "English")
    ]


def test_english_is_recognised_where_it_stands():
    assert english_in("<p>Paraiškos</p><p aria-label='Choose a file'>Nothing waits for you</p><b>Name</b>") == [
        "Choose a file", "Nothing waits for you", "Name",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bp-2027-1", "nom-2027"])
def test_a_stranger_reads_no_english_on_lithuanian_pages(client, settings, name):
    settings.DEMO = True
    with clock.replaced(clock.Travel(WHILE_OPEN)):
        call = call_in(CallState.OPEN, name)
        addresses = [
            "/", "/calls/", "/calls/?show=upcoming", "/calls/?show=past", call.get_absolute_url(), "/design/",
            "/account/login/", "/account/signup/", "/account/password/reset/", "/organisations/", "/nera-tokio/",
            "/search/", "/search/?q=nera", "/funded/", "/funded/results/", "/funded/how/",
        ]  # fmt: skip
        found = {}
        for address in addresses:
            page = client.get(address, headers={"accept-language": "lt"}, follow=True)
            if english := english_in(page.content.decode()):
                found[address] = english
    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "429", "500", "503"])
def test_a_refusal_is_lithuanian(rf, name):
    request = rf.get("/")
    request.user = AnonymousUser()
    with translation.override("lt"):
        html = render_to_string(f"{name}.html", request=request)
    assert english_in(html) == []
    assert re.search(r"<h1[^>]*>[^<]+</h1>", html)


@pytest.mark.django_db
def test_a_member_of_staff_reads_no_english_either(client):
    addresses = [
        "/", "/my-work/", "/applications/", "/projects/", "/impact/", "/money/", "/money/ledger/", "/payments/",
        "/roles/", "/plans/import/", "/programmes/", "/calls/manage/", "/calls/load/", "/organisations/mine/",
        "/messages/", "/account/profile/", "/account/email/", "/account/password/change/", "/account/2fa/",
        "/account/2fa/webauthn/", "/account/sessions/", "/search/", "/deadlines/", "/reminders/", "/jobs/", "/log/",
        "/organisations/alone/",
    ]  # fmt: skip
    user = person("administrator", language="lt", full_name="Ona Onaitė")
    RoleGrant.objects.create(user=user, role="coordinator")
    client.force_login(user)
    found = {}
    for address in addresses:
        page = client.get(address, follow=True)
        pieces = [piece for piece in english_in(page.content.decode()) if "/" not in piece]  # names of time zones
        if pieces or page.status_code != 200:
            found[address] = page.status_code, pieces
    assert found == {}


@pytest.mark.django_db
def test_mistakes_at_signing_up_are_told_in_lithuanian(client):
    form = {"email": "ne adresas", "full_name": "", "password1": "123"}
    page = client.post("/account/signup/", form, headers={"accept-language": "lt"}).content.decode()
    assert english_in(page) == []
    assert "Įveskite el. pašto adresą, pavyzdžiui, vardas@example.lt." in page
    assert "Slaptažodis per trumpas. Reikia bent 10\N{NO-BREAK SPACE}ženklų." in page


def test_words_compiled_late_are_spoken_at_once(tmp_path):
    words = tmp_path / "lt" / "LC_MESSAGES" / "django.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid ""\nmsgstr "Content-Type: text/plain"\n\nmsgid "Kettle"\nmsgstr "Virdulys"\n')
    try:
        with override_settings(LOCALE_PATHS=[tmp_path]), translation.override("lt"):
            messages.forget_what_was_read()
            assert translation.gettext("Kettle") == "Kettle"
            assert messages.compile_all() == [words.with_suffix(".mo")]
            assert translation.gettext("Kettle") == "Virdulys"
    finally:
        messages.forget_what_was_read()
