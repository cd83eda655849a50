"""One stylesheet for all pages, its rooms in order, and the faces of the type where they could be made."""

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

from config import stylesheet


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "made"


def put_font(folder, name="pazanga-text-0123abcd.woff2"):
    (folder / "fonts").mkdir(parents=True)
    (folder / "fonts" / name).write_bytes(b"wOF2")


def test_values_and_ground_come_first_and_paper_last():
    names = [path.stem for path in stylesheet.rooms()]
    assert names[:3] == ["tokens", "base", "frame"]
    assert names[-1] == "print"
    assert names[3:-1] == sorted(names[3:-1])
    assert {path.stem for path in stylesheet.ROOMS.glob("*.css")} == set(names)


def test_the_stylesheet_is_found_and_holds_every_room(own_folder):
    found = finders.find("css/pazanga.css")
    assert found == str(own_folder / "css" / "pazanga.css")
    text = (own_folder / "css" / "pazanga.css").read_text()
    assert [path.name for path in stylesheet.rooms() if path.read_text().strip() not in text] == []


def test_the_stylesheet_is_written_once_and_again_when_a_room_changes(own_folder):
    stylesheet.write()
    target = own_folder / "css" / "pazanga.css"
    written = target.stat().st_mtime_ns
    stylesheet.write()
    assert target.stat().st_mtime_ns == written
    target.write_text("old")
    stylesheet.write()
    assert target.read_text() == stylesheet.joined()


def test_collecting_gives_the_stylesheet_and_the_fonts(own_folder):
    put_font(own_folder)
    assert [path for path, _ in stylesheet.MadeFilesFinder().list([])] == [
        "css/pazanga.css",
        "fonts/pazanga-text-0123abcd.woff2",
    ]


@pytest.mark.parametrize("path", ["fonts/../../db.sqlite3", "fonts/none.woff2", "fonts/", "css/x.css", "db.sqlite3"])
def test_only_what_was_made_is_found(own_folder, path):
    put_font(own_folder)
    (own_folder.parent / "db.sqlite3").write_text("")
    assert stylesheet.MadeFilesFinder().find(path) == []


def test_collected_fonts_get_hashed_names_in_the_stylesheet(own_folder, tmp_path):
    put_font(own_folder)
    found = dict(stylesheet.MadeFilesFinder().list([]))
    storage = ManifestStaticFilesStorage(location=str(tmp_path / "static"), base_url="/static/")
    for path, source in found.items():
        with source.open(path) as file:
            storage.save(path, file)
    processed = {name: new for name, new, _ in storage.post_process({path: (storage, path) for path in found})}
    with storage.open(processed["css/pazanga.css"]) as file:
        assert processed["fonts/pazanga-text-0123abcd.woff2"].rsplit("/", 1)[1] in file.read().decode()
