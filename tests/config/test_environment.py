"""Variables: typed, refused in sentences, documented."""

import re

import pytest

from config.environment import VARIABLES, Environment, as_table
from tests.architecture.sources import ROOT


@pytest.fixture
def reading(monkeypatch):
    def make(**variables: str) -> Environment:
        for variable in VARIABLES:
            monkeypatch.delenv(variable.name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Environment()

    return make


@pytest.mark.parametrize(
    ("written", "meant"),
    [("on", True), ("True", True), ("1", True), ("yes", True), ("off", False), ("FALSE", False), ("0", False)],
)
def test_yes_no_understands(reading, written, meant):
    environment = reading(DEBUG=written)
    assert environment.yes_no("DEBUG", not meant) is meant
    assert environment.problems == []


def test_yes_no_refuses_a_guess(reading):
    environment = reading(DEBUG="maybe")
    assert environment.yes_no("DEBUG", False) is False
    assert environment.problems == ["DEBUG must be on or off, not “maybe”."]


@pytest.mark.parametrize("written", ["", "  "])
def test_empty_means_unset(reading, written):
    assert reading(PORT=written).number("PORT", 8000, 1, 65535) == 8000


@pytest.mark.parametrize("written", ["0", "65536", "-1", "80.5", "٨٠"])
def test_number_refuses_what_is_outside(reading, written):
    environment = reading(PORT=written)
    assert environment.number("PORT", 8000, 1, 65535) == 8000
    assert environment.problems == [f"PORT must be a whole number from 1 to 65535, not “{written}”."]


def test_items_are_split_and_stripped(reading):
    assert reading(ALLOWED_HOSTS=" a.lt, b.lt ,").items("ALLOWED_HOSTS") == ["a.lt", "b.lt"]


def test_choice_refuses_another_word(reading):
    environment = reading(LOG_LEVEL="loud")
    assert environment.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO")) == "INFO"
    assert environment.problems == ["LOG_LEVEL must be one of DEBUG, INFO, not “LOUD”."]


def test_url_refuses_another_scheme(reading):
    environment = reading(REDIS_URL="http://queue")
    assert environment.url("REDIS_URL", "", ("redis", "unix")) == ""
    assert environment.problems == ["REDIS_URL must start with redis:// or unix://."]


def test_database_address_may_name_the_folder_of_a_socket(reading):
    found = reading(DATABASE_URL="postgres://me@%2Frun%2Fpostgresql/grants").database("DATABASE_URL", "")
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/run/postgresql", "grants", "me")


def test_email_address_becomes_settings(reading):
    found = reading(EMAIL_URL="smtp+tls://me:secret@mail.example:587").email("EMAIL_URL")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert reading().email("EMAIL_URL") == {}


def test_a_variable_that_is_not_listed_cannot_be_read(reading):
    with pytest.raises(KeyError):
        reading(COLOUR="green").text("COLOUR")


def test_the_file_adds_and_the_environment_wins(reading, tmp_path, monkeypatch):
    file = tmp_path / "env"
    file.write_text("PORT=9000\nBIND=0.0.0.0\n")
    environment = reading(PORT="9001", ENV_FILE=str(file))
    environment.load_file(tmp_path / "absent")
    assert (environment.text("PORT"), environment.text("BIND")) == ("9001", "0.0.0.0")
    monkeypatch.delenv("BIND")


def test_every_variable_is_described_where_people_look():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page.endswith(as_table())


def test_every_variable_is_read_somewhere():
    code = "\n".join(path.read_text() for path in (ROOT / "config").glob("*.py") if path.name != "environment.py")
    assert [v.name for v in VARIABLES if not re.search(rf"[\"']{v.name}[\"']", code) and v.name != "ENV_FILE"] == []


def test_the_example_file_names_only_variables_that_exist():
    written = re.findall(r"^#?\s?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(written) - {v.name for v in VARIABLES} - {"POSTGRES_PASSWORD"} == set()
