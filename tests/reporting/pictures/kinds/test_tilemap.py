"""The tile map."""

from decimal import Decimal

import pytest

from reporting.pictures.kinds.tilemap import Tile, breaks, said_of, shade, tile_picture
from reporting.pictures.marks import bar, label

NBSP = "\N{NO-BREAK SPACE}"
TILES = [
    Tile("AKM", "Akmenės r. sav.", 0, 0, 0, Decimal(0)),
    Tile("VLN", "Vilniaus m. sav.", 1, 1, 3, Decimal(45000), "/f/?m=1"),
    Tile("ZAR", "Zarasų r. sav.", 0, 1, 1, Decimal(10000), "/f/?m=2"),
]


def test_every_tile_stands_in_its_place_with_its_shade_and_its_link():
    drawing = tile_picture(TILES, title="T", unit="U", money=False).wide
    assert (drawing.width, drawing.height) == (92, 92)
    assert drawing.marks == [
        bar("tile q0", 1, 1, 44, 44, rx=4, said="Akmenės r. sav.: no project"),
        label("tile-t q0-t t-mid", 23, 28, "AKM"),
        bar("tile q3", 47, 47, 44, 44, rx=4, said=f"Vilniaus m. sav.: 3 projects, EUR{NBSP}45,000", url="/f/?m=1"),
        label("tile-t q3-t t-mid", 69, 74, "VLN"),
        bar("tile q2", 47, 1, 44, 44, rx=4, said=f"Zarasų r. sav.: 1 project, EUR{NBSP}10,000", url="/f/?m=2"),
        label("tile-t q2-t t-mid", 69, 28, "ZAR"),
    ]


BREAKS = [  # values, where the second and the third shade begin
    ([0, 0], []),
    ([0, 5], []),
    ([1, 3, 3], [3]),
    ([1, 2, 3], [2, 3]),
    ([1, 2, 3, 4, 5, 6], [3, 5]),
]


@pytest.mark.parametrize(("values", "limits"), BREAKS)
def test_shades_part_the_values_in_thirds(values, limits):
    assert breaks([Decimal(value) for value in values]) == limits


SHADES = [
    (0, [3, 5], "q0"),
    (1, [3, 5], "q1"),
    (3, [3, 5], "q2"),
    (9, [3, 5], "q3"),
    (1, [3], "q2"),
    (3, [3], "q3"),
    (1, [], "q3"),
]


@pytest.mark.parametrize(("value", "limits", "look"), SHADES)
def test_more_is_darker(value, limits, look):
    assert shade(Decimal(value), [Decimal(limit) for limit in limits]) == look


def test_the_legend_names_every_shade_and_the_table_every_municipality():
    picture = tile_picture(TILES, title="T", unit="U", money=True)
    assert [(key.look, key.words) for key in picture.legend] == [
        ("q0", "none"), ("q2", "less than 45,000"), ("q3", "45,000 and more"),
    ]  # fmt: skip
    assert [[cell.raw if cell.raw is not None else cell.text for cell in row] for row in picture.table.rows] == [
        ["Akmenės r. sav.", 0, Decimal(0)],
        ["Vilniaus m. sav.", 3, Decimal(45000)],
        ["Zarasų r. sav.", 1, Decimal(10000)],
    ]
    told = "Most: Vilniaus m. sav. 45,000, Zarasų r. sav. 10,000. The table has every municipality."
    assert picture.description == told


def test_a_country_without_projects_has_a_map_all_the_same():
    picture = tile_picture(TILES[:1], title="T", unit="U", money=False)
    assert (picture.linked, picture.description) == (False, "Most: none yet. The table has every municipality.")


def test_recognition_without_money_is_told_without_a_sum():
    assert said_of(Tile("A", "A", 0, 0, 2, Decimal(0))) == "A: 2 projects"
