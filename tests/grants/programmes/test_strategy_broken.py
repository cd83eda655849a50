"""Broken documents: every finding has its line and a sentence. Lines are numbered from 1, as an editor shows them."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.programmes.strategy_findings import SENTENCES, Finding
from grants.programmes.strategy_text import read_strategy
from tests.grants.programmes import expected

TAB = "\t"


def found(data, severity="error"):
    reading = read_strategy(data)
    return [(finding.line, finding.code) for finding in reading.findings if finding.severity == severity]


def cell(text, number, value):
    """The line with one cell (from 1) replaced; None takes the cell away."""
    cells = text.split(TAB)
    cells[number - 1 : number] = [] if value is None else [value]
    return TAB.join(cells)


# line, cell, new value of the cell, code of the finding
CELLS = [
    (11, 1, "1.1.2,", "code_shape"),
    (11, 1, "a.b.c.", "code_shape"),
    (11, 1, "1.1.2.1.", "code_shape"),
    (11, 1, "01.1.2.", "code_shape"),
    (11, 1, "1..2.", "code_shape"),
    (11, 1, "1.1.2..", "code_shape"),
    (11, 1, "1 .1.2.", "code_shape"),
    (11, 1, "-1.1.2.", "code_shape"),
    (11, 1, "", "code_missing"),
    (11, 1, "1.1.1.", "code_duplicate"),
    (11, 1, "1.4.1.", "orphan"),
    (11, 2, "", "text_missing"),
    (11, 2, "Veikla: ", "text_missing"),
    (11, 2, "Veikla: " + "ž" * 4001, "text_too_long"),
    (11, 3, "", "sum_missing"),
    (11, 4, " ", "sum_missing"),
    (11, 5, "\u00a0", "sum_missing"),
    (11, 3, "penki tūkst.", "sum_wrong"),
    (11, 3, "5OOO", "sum_wrong"),
    (11, 3, "5000 Eur", "sum_wrong"),
    (11, 3, "-5000", "sum_wrong"),
    (11, 3, "\u22125000", "sum_wrong"),
    (11, 3, "5000,001", "sum_wrong"),
    (11, 3, "5,000", "sum_wrong"),
    (11, 3, "5000000000000", "sum_wrong"),
    (11, 3, "5000+", "sum_wrong"),
    (11, 3, "–", "sum_wrong"),
    (11, 6, "", "sources_missing"),
    (11, 6, "ES, valstybės", "sources_shape"),
    (11, 6, "lėšos", "sources_shape"),
    (11, 6, "ES, banko lėšos", "source_unknown"),
    (11, 6, "ES valstybės lėšos", "source_unknown"),
    (11, 6, "ES, , valstybės lėšos", "source_unknown"),
    (11, 6, "ES, ES, valstybės lėšos", "source_twice"),
    (11, 6, "ES; valstybės lėšos", "source_unknown"),
    (11, 6, None, "column_count"),
    (11, 4, None, "column_count"),
    (11, 4, "5000\t5000", "column_count"),
    (9, 3, "100", "money_on_heading"),
    (9, 6, "ES lėšos", "money_on_heading"),
    (8, 5, "0", "money_on_heading"),
    (8, 6, None, "column_count"),
    (9, 2, None, "column_count"),
    (15, 3, "6000", "money_on_continuation"),
    (15, 6, "ES lėšos", "money_on_continuation"),
    (15, 2, "Veikla: kita veikla", "code_missing"),
    (7, 3, "2025", None),
    (7, 3, "du tūkstančiai", "no_years"),
    (7, 3, "", "no_years"),
    (7, 3, "1925 m.", "no_years"),
    (7, 1, "Nr.", "no_years"),
    (7, 6, "2028 m.", "no_years"),
    (7, 3, "2026 m.", "years_order"),
    (7, 5, "2028 m.", "years_order"),
    (7, 3, "2024 m.", "years_order"),
    (6, 3, "Planuojamos lėšos, Lt", "currency"),
    (6, 3, "", "currency"),
    (6, 1, "Nr.", "no_head"),
    (6, 6, None, "no_head"),
]


@pytest.mark.parametrize(("number", "place", "value", "code"), CELLS)
def test_one_wrong_cell_gives_one_finding_on_its_line(edited, line, number, place, value, code):
    data = edited({number: cell(line(number), place, value)})
    expected_line = 1 if (code, place) == ("no_head", 1) else number
    assert found(data) == ([] if code is None else [(expected_line, code)])


def test_a_text_in_a_cell_too_many_is_not_hidden_by_the_rows_below(edited, line):
    # The goal has lost a cell: its directions and activities are no orphans for that.
    assert found(edited({20: cell(line(20), 6, None)})) == [(20, "column_count")]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({8: None}, [(8, "orphan"), (15, "orphan"), (17, "orphan")]),
        ({9: None}, [(9, "orphan"), (10, "orphan"), (11, "orphan"), (12, "orphan")]),
        ({48: "pabaiga"}, [(48, "no_columns")]),
        ({14: "puslapis 2"}, [(14, "no_columns")]),
        ({7: None}, [(7, "no_years")]),
        ({3: None, 4: None}, [(4, "no_title")]),
        ({15: "\tsantrauka\t\t\t\t", 13: None}, []),
    ],
)
def test_missing_and_foreign_lines(edited, changes, findings):
    assert found(edited(changes)) == findings


def test_rows_in_the_wrong_order(edited, line):
    swapped = edited({11: line(12), 12: line(11)})
    assert found(swapped) == [(12, "code_order")]
    goals_swapped = read_strategy(edited({18: line(20), 20: line(18)}))
    assert "code_order" in [finding.code for finding in goals_swapped.findings]


def test_a_continuation_with_nothing_above_it(edited, line):
    assert found(edited({8: "\tir toliau\t\t\t\t"}))[0] == (8, "continuation_first")


def test_the_continuation_of_a_broken_row_is_not_joined_to_the_row_before(edited, line):
    reading = read_strategy(edited({13: cell(line(13), 1, "1,1,4")}))
    assert [(finding.line, finding.code) for finding in reading.findings if finding.is_error] == [(13, "code_shape")]
    assert not any("asociacijomis įsipareigojimus" in row.text for row in reading.rows)


def test_all_findings_come_in_one_reading_in_the_order_of_lines(edited, line):
    data = edited(
        {
            10: cell(line(10), 3, "daug"),
            11: cell(line(11), 6, "banko lėšos"),
            12: cell(line(12), 1, "x"),
            22: cell(line(22), 4, ""),
            48: cell(line(48), 5, None),
        }
    )
    assert found(data) == [
        (10, "sum_wrong"),
        (11, "source_unknown"),
        (12, "code_shape"),
        (22, "sum_missing"),
        (48, "column_count"),
    ]


def test_three_wrong_sums_in_one_row_are_three_findings_each_naming_its_year(edited, line):
    data = edited({11: "1.1.2.\tVeikla: x\t\tabc\t-1\tES lėšos"})
    findings = [finding for finding in read_strategy(data).findings if finding.is_error]
    assert [(finding.code, finding.params["year"]) for finding in findings] == [
        ("sum_missing", 2025),
        ("sum_wrong", 2026),
        ("sum_wrong", 2027),
    ]


def test_only_the_head_is_no_plan(document):
    assert found(b"\n".join(document.split(b"\n")[:7])) == [(6, "no_rows")]


@pytest.mark.parametrize(
    ("number", "place", "value", "code"),
    [
        (11, 2, "Tikslas: dalyvauti", "level_disagrees"),
        (9, 2, "Veikla: stiprinti", "level_disagrees"),
        (11, 2, "Dalyvauti", "prefix_missing"),
        (11, 6, "Valstybės, ES lėšos", "source_order"),
        (22, 3, "0", "no_money"),
        (34, 4, "100", "year_disagrees"),
        (34, 2, "Veikla: projektas (2031 m.)", "year_outside"),
        (11, 2, "Veikla: <b>dalyvauti</b>", "markup"),
        (11, 2, "Veikla: <script>alert(1)</script>", "markup"),
        (11, 2, "Veikla: <i>dalyvauti", "markup_unbalanced"),
        (11, 2, "Veikla: dalyvauti</i>", "markup_unbalanced"),
        (18, 1, "1.4.", "code_gap"),
        (48, 1, "3.3.9.", "code_gap"),
    ],
)
def test_what_only_looks_odd_is_a_warning_and_stops_nothing(edited, line, number, place, value, code):
    changes = {number: cell(line(number), place, value)}
    if number == 18:
        changes[19] = cell(line(19), 1, "1.4.1.")
    data = edited(changes)
    assert (number, code) in found(data, "warning")
    assert found(data) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<b>dalyvauti</b>", "<b>dalyvauti</b>"),
        ("<i>dalyvauti", "dalyvauti"),
        ("<i><b>x</b></i>", "<b>x</b>"),
        ("3 < 5 > 2", "3 < 5 > 2"),
    ],
)
def test_tags_never_become_more_than_characters(edited, line, value, text):
    rows = {row.code: row for row in read_strategy(edited({11: cell(line(11), 2, f"Veikla: {value}")})).rows}
    assert rows["1.1.2"].text == text
    assert "<" not in rows["1.1.2"].marked_text.replace("<i>", "").replace("</i>", "")


def test_empty_rows_repeated_heads_and_childless_goals_are_said(edited, line):
    assert (14, "blank_row") in found(edited({14: TAB * 5}), "warning")
    assert found(edited({14: line(6) + "\n" + line(7)}), "note").count((14, "head_repeated")) == 1
    goal = line(48) + "\n4.\tTikslas: naujas\t\t\t\t"
    assert found(edited({48: goal}), "warning") == [(49, "childless")]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_finding_has_a_whole_sentence_in_both_languages(code):
    names = ("size", "limit", "kind", "encoding", "byte", "character", "lines", "years", "found", "code", "line",
             "before", "parent", "length", "year", "cell", "why", "name", "known", "prefix", "tag")  # fmt: skip
    finding = Finding(1, code, dict.fromkeys(names, "X"))
    for language in ("en", "lt"):
        with translation.override(language):
            assert "%(" not in finding.message
            assert finding.message.rstrip().endswith((".", "X", "”."))


def test_a_sentence_says_what_is_wrong_and_how_to_mend_it(edited, line):
    with translation.override("en"):
        wrong = read_strategy(edited({11: cell(line(11), 6, "ES, banko lėšos")})).findings
        assert [finding.message for finding in wrong if finding.is_error] == [
            "“banko” is no known funding source. Known are: es, valstybės, savivaldybių, asociacijos, rėmėjų."
        ]
        empty = read_strategy(edited({11: cell(line(11), 4, "")})).findings
        assert [finding.message for finding in empty if finding.is_error] == [
            "The sum of 2026 is missing. Where nothing is planned, write 0."
        ]


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(data):
    assert read_strategy(data).has_errors


@settings(max_examples=60)
@given(number=st.integers(0, 47), place=st.integers(0, 400), junk=st.text(max_size=5))
def test_a_document_with_junk_anywhere_is_read_or_refused_with_lines(document, number, place, junk):
    lines = document.decode().split("\n")
    place = min(place, len(lines[number]))
    lines[number] = lines[number][:place] + junk + lines[number][place:]
    reading = read_strategy("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert all(finding.line >= 1 and finding.message for finding in reading.findings)
    if not reading.has_errors:
        assert reading.years == expected.YEARS
        assert len(reading.rows) >= 34
