"""The strategy document as it is: every row, every sum, every slip."""

from decimal import Decimal

import pytest

from grants.programmes.strategy_text import read_strategy
from grants.programmes.strategy_totals import totals_of
from tests.grants.programmes import expected


@pytest.fixture(scope="module")
def reading(document):
    return read_strategy(document)


@pytest.fixture(scope="module")
def rows(reading):
    return {row.code: row for row in reading.rows}


def test_title_and_years_come_from_the_head(reading):
    assert reading.title == expected.TITLE
    assert reading.years == expected.YEARS
    assert reading.digest == "817ee43da3650b61" or len(reading.digest) == 64


def test_nothing_is_wrong_and_every_peculiarity_is_noted(reading):
    assert [(finding.line, finding.code) for finding in reading.findings] == expected.NOTES
    assert {finding.severity for finding in reading.findings} == {"note"}


def test_every_row_is_there_in_order_with_its_lines(reading):
    lines = expected.HEADINGS | {code: row[2] for code, row in expected.ACTIVITIES.items()}
    assert {row.code: row.lines for row in reading.rows} == lines
    assert [row.lines[0] for row in reading.rows] == sorted(row.lines[0] for row in reading.rows)
    assert [row.level for row in reading.rows] == [
        ("goal", "direction", "activity")[row.code.count(".")] for row in reading.rows
    ]


@pytest.mark.parametrize("code", expected.ACTIVITIES)
def test_sums_and_sources_of(rows, code):
    sums, sources, _lines = expected.ACTIVITIES[code]
    assert rows[code].amounts == tuple(zip(expected.YEARS, map(Decimal, sums), strict=True))
    assert rows[code].sources == tuple(sources.split("+"))


@pytest.mark.parametrize(
    ("code", "beginning", "end"),
    [
        ("1", "Stiprinti Lietuvos Respublikos teritorijoje", "tarpusavio bendradarbiavimo."),
        ("1.1.4", "Tęsti pasirašytų sutarčių", "tarptautinius renginius Lietuvoje"),
        ("1.2.1", "Analizuoti ir pristatyti", "skaitymo skatinimo."),
        ("2.1.2", "Organizuoti susitikimus su Lietuvos Respublikos Seimo", "ruošti informacinius pranešimus."),
        ("3.1.1", "Įgyvendinti projektą Tarpinstitucinis – tarptautinis", "inovacijos ir kūryba“ (2025 m.)"),
        ("3.1.2", "Įgyvendinti projektą \u201cAteities biblioteka.", "veikloje\u201c (2026 m.)"),
        ("3.1.4", "Kasmet įgyvendinti Projektą „Profesinė", "pasaulio kalbomis“."),
        ("3.2.2", "Inicijuoti ir įgyvendinti priemonės", "paslaugų prieinamumui didinti."),
    ],
)
def test_text_is_kept_as_printed_without_its_level(rows, code, beginning, end):
    assert rows[code].text.startswith(beginning)
    assert rows[code].text.endswith(end)


@pytest.mark.parametrize(
    ("code", "joint"),
    [
        ("1.1.4", "užsienio bibliotekų asociacijomis įsipareigojimus"),
        ("2.1.2", "Seimo kultūros komiteto pirmininku"),
        ("3.2.2", "„Biblioteka visiems“ įsipareigojimams"),
    ],
)
def test_pieces_cut_by_a_page_break_are_joined_with_one_space(rows, code, joint):
    assert joint in rows[code].text


def test_emphasis_is_kept_beside_the_plain_text(rows):
    assert rows["1.1.3"].text == (
        "Dalyvauti Europos viešųjų bibliotekų veiklos valstybinio valdymo institucijų asociacijos NAPLE "
        "(angl. National Authorities on Public Libraries in Europe) programoje „Sister Libraries“."
    )
    assert "(angl. <i>National Authorities on Public Libraries in Europe</i>)" in rows["1.1.3"].marked_text
    assert [row.code for row in rows.values() if row.marked_text] == ["1.1.1", "1.1.3"]
    assert not any("<" in row.text or "\t" in row.text or "  " in row.text for row in rows.values())


def test_totals_of_the_plan(reading):
    totals = totals_of(reading.rows)
    assert totals.counts == {"goal": 3, "direction": 8, "activity": 23}
    assert tuple(totals.plan.by_year[year] for year in expected.YEARS) == expected.PLAN_TOTALS
    assert totals.plan.all == expected.GRAND_TOTAL
    assert {code: totals.nodes[code].all for code in expected.GOAL_TOTALS} == expected.GOAL_TOTALS


@pytest.mark.parametrize("code", expected.SUMS)
def test_sums_of_goals_and_directions(reading, code):
    by_year = totals_of(reading.rows).nodes[code].by_year
    assert tuple(by_year[year] for year in expected.YEARS) == expected.SUMS[code]


def test_sets_of_sources_are_summed_as_sets(reading):
    sets = totals_of(reading.rows).source_sets
    assert {"+".join(codes): (sums.activities, sums.all) for codes, sums in sets.items()} == expected.SOURCE_SETS
    assert sum(sums.all for sums in sets.values()) == expected.GRAND_TOTAL


def test_upper_bounds_overlap_and_say_no_more_than_they_know(reading):
    bounds = totals_of(reading.rows).upper_bounds
    assert {code: (sums.activities, sums.all) for code, sums in bounds.items()} == expected.UPPER_BOUNDS
    assert sum(sums.all for sums in bounds.values()) > expected.GRAND_TOTAL


@pytest.mark.parametrize(
    "variant",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data + b"\n",
        lambda data: data + b"\n\n\n",
        lambda data: data.replace("ES, valstybės".encode(), "ES,  valstybės".encode()),
        lambda data: data.replace(b"\t24000\t", b"\t24 000\t"),
        lambda data: data.replace(b"\t24000\t", b"\t24000,00\t"),
        lambda data: data.replace(b"2025 m.\t", b"2025\t"),
        lambda data: data.replace(b"Veikla: ", b"VEIKLA:"),
        lambda data: data.replace("lėšos\n".encode(), "lėšos.\n".encode()),
        lambda data: data.replace("\tSavivaldybių lėšos".encode(), "\tsavivaldybių Lėšos".encode()),
    ],
)
def test_the_same_plan_written_a_little_differently_is_the_same_plan(document, reading, variant):
    other = read_strategy(variant(document))
    assert other.rows == reading.rows
    assert (other.title, other.years) == (reading.title, reading.years)
    assert not other.has_errors
