"""The faces of the type: cut once, small, with every letter that the pages use, and named by the stylesheet."""

import re
from collections import Counter

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from config import font_cutting, fonts, stylesheet
from tests.architecture.sources import ROOT

SANS, SERIF = fonts.FACES
LITHUANIAN = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
SIGNS = "0123456789€–−„“”’·…×÷≤≥→«»§±²\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
NEIGHBOURS = "ÅåÄäÖöÜüßØøÆæŁłŃńŚśŹźŻżĆćÓóĀāĒēĪīĻļŅņĢģĶķŠšČčŽžÕõŐőŰűĐđȘșȚț"
NOT_IN_SERIF = "\N{NON-BREAKING HYPHEN}●○"
LIMIT = 60 * 1024


@pytest.fixture(scope="module")
def cut_once(tmp_path_factory):
    """Both faces, cut for real."""
    folder = tmp_path_factory.mktemp("cut")
    return {face.slug: font_cutting.cut(face, folder / f"{face.slug}.woff2") for face in fonts.FACES}


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "made" / "fonts").mkdir(parents=True)
    return tmp_path / "made" / "fonts"


def written_by_us() -> str:
    """All words of the product: templates, both sides of the catalogue, glossary and the names of libraries."""
    files = [
        *ROOT.glob("templates/**/*.html"),
        *ROOT.glob("config/locale/*/LC_MESSAGES/django.po"),
        *ROOT.glob("config/*.csv"),
        *ROOT.glob("config/*.json"),
        *ROOT.glob("grants/organisations/data/*.csv"),
    ]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def frequencies() -> Counter[str]:
    """How often each letter, and the space, stands in the Lithuanian catalogue."""
    catalogue = (ROOT / "config/locale/lt/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    words = "".join(re.findall(r'(?m)^(?:msgstr(?:\[\d\])? )?"(.*)"$', catalogue)).lower()
    return Counter(letter for letter in words if letter.isalpha() or letter == " ")


def mean_width(font: TTFont, weights: Counter[str]) -> float:
    letters, widths = font.getBestCmap(), font["hmtx"]
    known = {letter: count for letter, count in weights.items() if ord(letter) in letters}
    total = sum(count * widths[letters[ord(letter)]][0] for letter, count in known.items())
    return total / sum(known.values()) / font["head"].unitsPerEm


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.slug)
def test_a_cut_face_is_a_small_packed_font(cut_once, face):
    content = cut_once[face.slug].read_bytes()
    assert content[:4] == b"wOF2"
    assert 10_000 < len(content) <= LIMIT


def test_both_faces_have_lithuanian_its_neighbours_figures_and_signs(cut_once):
    for path in cut_once.values():
        letters = TTFont(path).getBestCmap()
        wanted = LITHUANIAN + LITHUANIAN.upper() + SIGNS + NEIGHBOURS
        assert [letter for letter in wanted if ord(letter) not in letters] == []


def test_every_letter_that_templates_catalogue_and_names_use_is_in_the_cut(cut_once):
    used = {letter for letter in written_by_us() if letter.isprintable() or letter.isspace()} - set("\n\t")
    assert len(used) > 100
    sans, serif = (TTFont(cut_once[face.slug]).getBestCmap() for face in fonts.FACES)
    assert sorted(letter for letter in used if ord(letter) not in sans) == []
    assert sorted(letter for letter in used if ord(letter) not in serif and letter not in NOT_IN_SERIF) == []


def test_the_text_face_keeps_its_weights_and_the_title_face_keeps_one(cut_once):
    axis = TTFont(cut_once[SANS.slug])["fvar"].axes[0]
    assert (axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue) == ("wght", 400, 400, 700)
    title = TTFont(cut_once[SERIF.slug])
    assert "fvar" not in title
    assert title["OS/2"].usWeightClass == 600


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.slug)
def test_figures_of_one_width_and_the_licence_stay_in_the_cut(cut_once, face):
    font = TTFont(cut_once[face.slug])
    letters, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[letters[ord(figure)]][0] for figure in "0123456789"}) == 1
    names = {name.nameID: name.toUnicode() for name in font["name"].names}
    assert "Open Font License" in names[13]
    assert "Adobe" in names[0]
    assert names[1] == names[4] == face.family
    assert [text for number, text in names.items() if "Source" in text and number in (1, 2, 3, 4, 6, 16, 17)] == []
    licence = font_cutting.source_of(face).parent.parent / "LICENSE"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_cutting_twice_gives_the_same_bytes_so_that_the_hashed_name_stays(cut_once, tmp_path):
    again = font_cutting.cut(SERIF, tmp_path / "again.woff2")
    assert again.read_bytes() == cut_once[SERIF.slug].read_bytes()


def test_faces_are_cut_once_and_what_they_replace_goes(own_folder, cut_once):
    for face in fonts.FACES:
        (own_folder / f"{face.slug}-{font_cutting.key(face)}.woff2").write_bytes(cut_once[face.slug].read_bytes())
    old = own_folder / "pazanga-text-00000000.woff2"
    old.write_bytes(b"wOF2")
    assert list(font_cutting.make()) == []
    assert not old.exists()
    assert len(fonts.made()) == 2


def test_the_name_of_a_cut_follows_what_is_kept(monkeypatch):
    before = font_cutting.key(SANS)
    assert re.fullmatch("[0-9a-f]{8}", before)
    assert before != font_cutting.key(SERIF)
    monkeypatch.setattr(fonts, "LETTERS", "20-7E")
    assert font_cutting.key(SANS) != before


def test_a_face_whose_package_is_missing_is_named():
    missing = fonts.Face("Never", "fontpkg_that_never_was", "Never.ttf", "400", (), ())
    with pytest.raises(FileNotFoundError, match="fontpkg_that_never_was"):
        font_cutting.source_of(missing)


def test_without_made_fonts_the_faces_of_the_system_serve(own_folder):
    assert "@font-face" not in stylesheet.joined()


def test_a_made_font_is_named_never_hides_words_and_has_a_stand_in_of_its_measures(own_folder):
    (own_folder / "pazanga-text-0123abcd.woff2").write_bytes(b"wOF2")
    rules = [line for line in stylesheet.joined().splitlines() if line.startswith("@font-face")]
    assert rules[0] == (
        '@font-face { font-family: "Pazanga Text"; font-weight: 400 700; font-display: swap; '
        "src: url(../fonts/pazanga-text-0123abcd.woff2) format('woff2'); }"
    )
    assert len(rules) == 3
    assert all('"Pazanga Text stand-in"' in rule and "size-adjust: 9" in rule for rule in rules[1:])
    tokens = (stylesheet.ROOMS / "tokens.css").read_text()
    assert '--font-text: "Pazanga Text", "Pazanga Text stand-in", ' in tokens
    assert '--font-title: "Pazanga Title", "Pazanga Title stand-in", ' in tokens


THEIR_WIDTHS = {("text", 400): 0.4396, ("bold text", 650): 0.4778, ("title", 600): 0.4292}
"""Mean widths of Arial, Arial Bold and Times New Roman Bold in ems, letters as frequent as in the catalogue."""


@pytest.mark.parametrize(
    ("face", "number", "name", "weight"),
    [(SANS, 0, "text", 400), (SANS, 1, "bold text", 650), (SERIF, 0, "title", 600)],
)
def test_a_stand_in_is_as_wide_and_as_high_as_our_face(cut_once, face, number, name, weight):
    font = TTFont(cut_once[face.slug])
    if "fvar" in font:
        instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    other = face.stand_ins[number]
    heights = font["hhea"]
    assert heights.lineGap == 0
    assert other.size == pytest.approx(mean_width(font, frequencies()) / THEIR_WIDTHS[name, weight] * 100, abs=0.5)
    assert other.ascent == pytest.approx(heights.ascent / 10 / other.size * 100, abs=0.1)
    assert other.descent == pytest.approx(-heights.descent / 10 / other.size * 100, abs=0.1)
