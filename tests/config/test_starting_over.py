"""Starting the demonstration over while it runs: what page and supervisor tell each other, and kills."""

import sqlite3
from html import unescape

import pytest
from django.urls import reverse

from config import starting_over
from grants.accounts.services import open_account
from tests.architecture.sources import ROOT
from workflows.actors import SYSTEM

ADDRESS = "/demonstration/start-over/"


@pytest.fixture
def var(tmp_path):
    (tmp_path / "run").mkdir()
    return tmp_path


def database(path, word):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE told (word TEXT)")
        connection.execute("INSERT INTO told VALUES (?)", [word])
    connection.close()


def word_in(path):
    with sqlite3.connect(path) as connection:
        word = connection.execute("SELECT word FROM told").fetchone()[0]
    connection.close()
    return word


def furnish(var):
    """An old demonstration in place, with a log of writes, files and waiting work, and a fresh one beside it."""
    database(var / "pazanga.sqlite3", "old")
    (var / "pazanga.sqlite3-wal").write_bytes(b"old")
    for name in ("media", "mail", "seals"):
        (var / name).mkdir()
        (var / name / "old").touch()
    (var / "queue" / "appendonlydir").mkdir(parents=True)
    (var / "secret_key").write_text("kept")
    starting_over.ask(var)
    starting_over.take_up(var)
    database(var / "next" / "pazanga.sqlite3", "fresh")
    (var / "next" / "media").mkdir()
    (var / "next" / "media" / "fresh").touch()
    (var / "next" / "demo-accounts.txt").write_text("fresh")


def is_fresh(var):
    assert word_in(var / "pazanga.sqlite3") == "fresh"
    assert {path.name for name in ("media", "mail", "seals") for path in (var / name).iterdir()} == {"fresh"}
    assert (var / "demo-accounts.txt").read_text() == "fresh"
    assert (var / "secret_key").read_text() == "kept"
    assert not (var / "next").exists()
    assert not (var / "pazanga.sqlite3-wal").exists()
    assert not (var / "queue" / "appendonlydir").exists()
    return True


def test_nobody_has_asked_at_first(var):
    assert starting_over.progress_of(var) is None
    assert starting_over.take_up(var) is False


def test_asking_twice_is_asking_once(var):
    assert starting_over.ask(var) is True
    assert starting_over.ask(var) is False
    assert starting_over.take_up(var) is True
    assert starting_over.ask(var) is False
    assert starting_over.take_up(var) is False
    starting_over.note(var, "failed")
    assert starting_over.ask(var) is True


def test_steps_are_the_lines_that_the_loader_says(var):
    starting_over.ask(var)
    assert starting_over.progress_of(var).steps == 0
    starting_over.take_up(var)
    starting_over.log_of(var).write_text("Loading\npeople\n")
    progress = starting_over.progress_of(var)
    assert (progress.state, progress.steps, progress.is_under_way) == ("loading", 2, True)
    starting_over.log_of(var).write_text("line\n" * 40)
    assert starting_over.progress_of(var).steps == starting_over.STEPS
    starting_over.note(var, "done")
    assert starting_over.progress_of(var).is_under_way is False


def test_the_demonstration_says_as_many_steps_as_are_counted():
    told = sum(path.read_text().count("self.say(") for path in (ROOT / "tests/scenarios/demo").glob("*.py"))
    assert told + 1 == starting_over.STEPS  # the command itself says the first


def test_the_loader_gets_a_folder_of_its_own_and_else_what_everybody_gets(var):
    told = starting_over.environment_for(var, {"VAR_DIR": str(var), "SECRET_KEY": "k"})
    assert told == {"VAR_DIR": str(var / "next"), "SECRET_KEY": "k"}


def test_what_was_loaded_takes_the_place_of_what_was_there(var):
    furnish(var)
    assert starting_over.complete(var) is True
    starting_over.swap(var)
    assert is_fresh(var)
    assert starting_over.progress_of(var).state == "done"


def test_a_loader_that_leaves_no_database_changes_nothing(var):
    starting_over.ask(var)
    starting_over.take_up(var)
    assert starting_over.complete(var) is False


def test_a_kill_before_it_is_whole_changes_nothing(var):
    furnish(var)
    starting_over.swap(var)
    starting_over.clear_up(var)
    assert word_in(var / "pazanga.sqlite3") == "old"
    assert (var / "media" / "old").exists()
    assert not (var / "next").exists()
    assert starting_over.progress_of(var).state == "failed"


@pytest.mark.parametrize("moved", [[], ["pazanga.sqlite3"], ["pazanga.sqlite3", "media"], list(starting_over.MOVED)])
def test_a_kill_in_the_middle_of_the_swap_is_made_good_at_the_next_start(var, moved):
    furnish(var)
    starting_over.complete(var)
    for name in moved:
        for old in (var / name, var / f"{name}-wal"):
            if old.is_dir():
                [file.unlink() for file in old.iterdir()]
                old.rmdir()
            old.unlink(missing_ok=True)
        (var / "next" / name).replace(var / name)
    starting_over.clear_up(var)
    assert is_fresh(var)
    assert starting_over.progress_of(var).state == "done"


def test_a_question_that_nobody_took_up_is_forgotten_at_the_next_start(var):
    starting_over.ask(var)
    starting_over.clear_up(var)
    assert starting_over.progress_of(var).state == "failed"


# --- the page


@pytest.fixture
def offered(settings, tmp_path):
    settings.DEMO = settings.DEMO_CAN_START_OVER = True
    settings.VAR_DIR = tmp_path
    (tmp_path / "run").mkdir()
    return tmp_path


def somebody(*, is_demo):
    return open_account(email="rasa@demo.test", full_name="Rasa", by=SYSTEM, language="en", is_demo=is_demo)


@pytest.fixture
def visitor(client, db, offered):
    client.force_login(somebody(is_demo=True))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_where_nobody_could_do_it_there_is_no_page(client, settings, method):
    settings.DEMO = True
    assert getattr(client, method)(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_strangers_sign_in_first_and_accounts_of_their_own_may_not(client, offered):
    assert client.get(ADDRESS)["Location"] == f"/account/login/?next={ADDRESS}"
    assert client.post(ADDRESS).status_code == 302
    client.force_login(somebody(is_demo=False))
    assert (client.get(ADDRESS).status_code, client.post(ADDRESS).status_code) == (403, 403)
    assert starting_over.progress_of(offered) is None


@pytest.mark.django_db
def test_it_asks_first_and_then_shows_how_far_it_is(visitor, offered):
    asked = visitor.get(ADDRESS).content.decode()
    assert "Start the demonstration over?" in asked
    assert starting_over.progress_of(offered) is None
    assert visitor.post(ADDRESS)["Location"] == ADDRESS
    assert visitor.post(ADDRESS)["Location"] == ADDRESS  # pressed twice
    starting_over.take_up(offered)
    starting_over.log_of(offered).write_text("one\ntwo\n")
    page = visitor.get(ADDRESS).content.decode()
    assert "2 of 9 parts done" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    part = visitor.get(ADDRESS, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<div class="progress">')


@pytest.mark.django_db
def test_when_it_is_done_everybody_may_read_so_and_is_led_to_the_sign_in(client, offered):
    starting_over.note(offered, "done")
    assert 'href="/account/login/"' in client.get(ADDRESS).content.decode()
    assert client.get(ADDRESS, headers={"HX-Request": "true"}).status_code == 286


@pytest.mark.django_db
def test_a_failure_is_said_and_it_can_be_tried_again(visitor, offered):
    starting_over.note(offered, "failed")
    assert "changed nothing" in visitor.get(ADDRESS).content.decode()
    part = visitor.get(ADDRESS, headers={"HX-Request": "true"})
    assert part.status_code == 286
    assert "Nothing was changed" in part.content.decode()
    visitor.post(ADDRESS)
    assert starting_over.progress_of(offered).state == "asked"


@pytest.mark.django_db
def test_every_page_of_a_demonstration_says_so_and_leads_there(client, offered):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get("/account/login/").content.decode()
    assert f'try whatever you like. <a href="{reverse("start_over")}">Start over</a>' in unescape(page)
    starting_over.ask(offered)
    assert "A fresh demonstration is being loaded." in client.get("/account/login/").content.decode()


@pytest.mark.django_db
def test_outside_a_demonstration_no_page_speaks_of_one(client, settings):
    settings.DEMO = settings.DEMO_CAN_START_OVER = False
    assert 'class="banner"' not in client.get("/account/login/").content.decode()
