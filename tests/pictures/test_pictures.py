"""The pictures of README and guides: each scene has one, each is small, each is shown, and the files are whole."""

import re
import struct
import zlib

import pytest

from tests.pictures.__main__ import LARGEST, WHERE
from tests.pictures.palette import write_png
from tests.pictures.product import ROOT
from tests.pictures.scenes import SCENES

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)|<img src=\"([^\"]+)\" alt=\"([^\"]*)\"")


def chunks(picture):
    """Kind and body of each part of a PNG, its checksum verified."""
    place, found = 8, []
    while place < len(picture):
        (length,) = struct.unpack_from(">I", picture, place)
        kind, body = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", picture, place + 8 + length) == (zlib.crc32(kind + body),)
        found.append((kind, body))
        place += length + 12
    return found


def test_two_rows_of_two_colours_become_a_png():
    picture = write_png(3, 2, bytes([255, 255, 255, 0, 90, 60]), bytes([0, 1, 0, 1, 1, 0]))
    assert picture[:8] == bytes.fromhex("89504e470d0a1a0a")
    (head, palette, dots, end) = chunks(picture)
    assert head == (b"IHDR", bytes([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]))
    assert palette == (b"PLTE", bytes([255, 255, 255, 0, 90, 60]))
    assert (dots[0], zlib.decompress(dots[1])) == (b"IDAT", bytes([0, 0, 1, 0, 0, 1, 1, 0]))
    assert end == (b"IEND", b"")


def test_each_scene_has_its_picture_and_each_picture_its_scene():
    assert sorted(path.stem for path in WHERE.glob("*")) == sorted(scene.name for scene in SCENES)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_is_as_large_as_its_scene_and_small_as_a_file(scene):
    picture = (WHERE / f"{scene.name}.png").read_bytes()
    assert struct.unpack(">II", dict(chunks(picture))[b"IHDR"][:8]) == scene.size
    assert len(picture) <= LARGEST


def test_each_picture_is_shown_somewhere_with_words_for_who_cannot_see_it():
    shown = {}
    for page in PAGES:
        for words, target, source, alternative in SHOWN.findall(page.read_text(encoding="utf-8")):
            shown.setdefault((page.parent / (target or source)).resolve(), set()).add(words or alternative)
    assert {path.stem for path in WHERE.glob("*")} == {path.stem for path in shown if path.exists()}
    assert [path for path, words in shown.items() if "" in words or not path.exists()] == []
