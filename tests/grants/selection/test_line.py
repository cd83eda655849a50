"""The order and the money line, against tables written by hand."""

from decimal import Decimal

import pytest

from grants.selection.line import Entry, draw_line, order, partial_amount
from grants.selection.scoring import Outcome

D = Decimal


def entry(key, score, amount=10, below=(), criteria=None, **facts):
    outcome = Outcome(None if score is None else D(score), 2, D(0), criteria or {}, tuple(below))
    return Entry(key, outcome, D(amount), facts)


def keys(placed):
    return [(e.key, rank, by) for e, rank, by in placed]


def test_the_higher_score_comes_first_and_what_fails_comes_last_without_a_rank():
    entries = [entry("c", "60"), entry("a", "90"), entry("x", "95", below=["need"]), entry("u", None), entry("b", "80")]
    assert keys(order(entries, [])) == [("a", 1, ""), ("b", 2, ""), ("c", 3, ""), ("x", None, ""), ("u", None, "")]


def test_a_tie_is_broken_by_the_first_key_that_tells():
    entries = [
        entry("late", "80", criteria={"need": D(60)}, earlier_submission=2),
        entry("early", "80", criteria={"need": D(60)}, earlier_submission=1),
        entry("needy", "80", criteria={"need": D(90)}, earlier_submission=3),
    ]
    assert keys(order(entries, ["need", "earlier_submission"])) == [
        ("needy", 1, "need"), ("early", 2, "earlier_submission"), ("late", 3, "earlier_submission"),
    ]  # fmt: skip


def test_a_tie_that_no_key_breaks_is_left_to_a_person():
    entries = [entry("a", "80"), entry("b", "80"), entry("c", "70")]
    assert keys(order(entries, ["chair_vote"])) == [("a", 1, "unresolved"), ("b", 1, "unresolved"), ("c", 3, "")]


def test_a_key_that_does_not_part_two_leaves_them_to_the_next():
    entries = [
        entry("a", "80", criteria={"value": D(50)}, earlier_submission=2),
        entry("b", "80", criteria={"value": D(50)}, earlier_submission=1),
    ]
    assert keys(order(entries, ["value", "earlier_submission"])) == [
        ("b", 1, "earlier_submission"), ("a", 2, "earlier_submission"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "lines"),
    [
        (100, ["fund", "fund", "fund"]),
        (60, ["fund", "fund", "fund"]),
        (59, ["fund", "fund", "after"]),
        (45, ["fund", "after", "after"]),  # stop at the line: the third would fit, but it is not its turn
        (0, ["after", "after", "after"]),
    ],
)
def test_the_line_stops_where_the_next_does_not_fit(budget, lines):
    entries = [entry("a", "90", 20), entry("b", "80", 30), entry("c", "70", 10)]
    assert [p.line for p in draw_line(entries, [], budget=D(budget))] == lines


def test_the_money_left_is_shown_at_each_place():
    entries = [entry("a", "90", 20), entry("b", "80", 30), entry("c", "70", 10), entry("d", None)]
    assert [(p.line, p.left) for p in draw_line(entries, [], budget=D(50))] == [
        ("fund", D(50)), ("fund", D(30)), ("after", D(0)), ("unscored", D(0)),
    ]  # fmt: skip


def test_a_contest_has_winners_of_each_nomination_and_no_money():
    entries = [entry("a", "90", 0, group=1), entry("b", "80", 0, group=1), entry("c", "70", 0, group=2)]
    places = draw_line(entries, [], budget=None, winners=1, group=lambda e: e.facts["group"])
    assert [(p.entry.key, p.line, p.left) for p in places] == [
        ("a", "fund", None), ("b", "after", None), ("c", "fund", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("winners", "commended", "lines"),
    [
        (1, 2, ["fund", "commended", "commended", "after"]),
        (2, 0, ["fund", "tie", "tie", "after"]),  # two equals for one place
        (1, 1, ["fund", "tie", "tie", "after"]),  # two equals for one commendation
        (2, 1, ["fund", "tie", "tie", "after"]),  # one of two equals wins, the other is commended
        (3, 1, ["fund", "fund", "fund", "commended"]),
    ],
)
def test_a_contest_commends_after_its_winners_and_never_chooses_among_equals(winners, commended, lines):
    entries = [entry("a", "90", 0), entry("b", "80", 0), entry("c", "80", 0), entry("d", "70", 0)]
    found = draw_line(entries, ["chair_vote"], budget=None, winners=winners, commended=commended)
    assert [p.line for p in found] == lines


@pytest.mark.parametrize(
    ("budget", "lines"),
    [
        (50, ["fund", "fund", "fund", "fund"]),
        (40, ["fund", "fund", "fund", "after"]),
        (39, ["fund", "tie", "tie", "after"]),  # one of the two would fit: people choose which
        (29, ["fund", "after", "after", "after"]),
    ],
)
def test_the_line_does_not_run_between_equals_by_chance(budget, lines):
    entries = [entry("a", "90", 20), entry("b", "80", 10), entry("c", "80", 10), entry("d", "70", 10)]
    assert [p.line for p in draw_line(entries, [], budget=D(budget))] == lines


def test_what_is_settled_keeps_its_place_and_takes_nothing_of_what_is_left():
    entries = [entry("a", "90", 20), entry("b", "80", 30), entry("c", "70", 10), entry("d", "60", 10)]
    places = draw_line(entries, [], budget=D(10), settled={"a": False, "b": False})
    assert [(p.entry.key, p.rank, p.line) for p in places] == [
        ("a", 1, "settled"), ("b", 2, "settled"), ("c", 3, "fund"), ("d", 4, "after"),
    ]  # fmt: skip


def test_a_settled_winner_takes_a_place_and_a_settled_refusal_none():
    entries = [entry("a", "90", 0), entry("b", "80", 0), entry("c", "70", 0)]
    for won, lines in ((True, ["settled", "commended", "after"]), (False, ["settled", "fund", "commended"])):
        places = draw_line(entries, [], budget=None, winners=1, commended=1, settled={"a": won})
        assert [p.line for p in places] == lines


def test_each_nomination_counts_its_own_places():
    entries = [entry("a", "90", 0, group=1), entry("b", "80", 0, group=2), entry("c", "70", 0, group=1)]
    places = draw_line(entries, [], budget=None, winners=1, group=lambda e: e.facts["group"])
    assert [(p.entry.key, p.rank) for p in places] == [("a", 1), ("c", 2), ("b", 1)]


@pytest.mark.parametrize(
    ("requested", "recommended", "cut", "least", "amount"),
    [
        ("30000", [], "30", "10000", "30000"),
        ("30000", ["30000", "24000"], "30", "10000", "27000"),
        ("30000", ["10000", "10000"], "30", "10000", "21000"),  # never cut by more than 30 %
        ("12000", ["1000"], "50", "10000", "10000"),  # never below the least grant
        ("8000", ["1000"], None, "10000", "8000"),  # unless less was asked for
        ("30000", ["40000"], "30", None, "30000"),  # never above what was asked for
        ("100", ["33.33", "33.34", "33.34"], None, None, "33.34"),
    ],
)
def test_the_proposed_sum_keeps_within_the_rules(requested, recommended, cut, least, amount):
    found = partial_amount(
        D(requested),
        [D(r) for r in recommended],
        max_cut_percent=None if cut is None else D(cut),
        least=None if least is None else D(least),
    )
    assert found == D(amount)
