"""What a report shows of a snapshot, part by part: nothing where there is nothing, each warning where it belongs."""

import pytest

from grants.evaluation.models.indicators import NOT_ASKED
from reporting.impact.shown import words
from reporting.impact.shown.document import _figures, _meta
from reporting.impact.shown.indicators import indicator_section
from reporting.impact.shown.sections import milestone_section, money_section, projects_section, work_section

ROW = {
    "project": "BP-1", "url": "", "baseline": "0", "target": "50", "value": "40", "achievement": "80",
    "measured_on": "2027-06-01", "answers": None, "interval": None, "too_few": False, "final": True, "change": None,
}  # fmt: skip
GROUP = {
    "key": "visits", "label": {"en": "Visits", "lt": "Apsilankymai"}, "unit": None, "measure": "unit",
    "type": "outcome", "rule": "sum", "baseline": "0", "target": "50", "value": "40", "achievement": "80",
    "denominator": None, "interval": None, "may_overlap": False, "too_few": False, "ascending": True, "reported": 1,
    "asked": 1, "rows": [ROW],
}  # fmt: skip
CHANGE = {"value": 0.125, "p": 0.03125, "interval": {"low": 0.0104, "high": 0.2396}}
ALWAYS = [
    "A change is a change, not an effect: there was no comparison group, and other things changed as well.",
    "Only approved values count. Zero is a value; what was not measured is not zero.",
    "Achieved = (reached − baseline) ÷ (target − baseline); left open where target and baseline are equal.",
]
BRACKETS = (
    "In brackets: the 95 per cent interval of a share (Wilson), for answers drawn independently; people asked in the "
    "same library resemble each other, so the true interval is wider."
)
FEW = "Shares and means of fewer than thirty answers are uncertain: read them as examples."
TOO_FEW = "Shares and means of fewer than ten answers are not shown."
CHANGED = "BP-1, Visits: changed by 12.5 points [1; 24], p = 0.0312."


def notes(*groups) -> list[str]:
    """What is noted below indicators, beyond what always is."""
    found = [str(note) for note in indicator_section({"scope": "call", "indicators": list(groups)}).notes]
    assert found[:3] == ALWAYS
    return found[3:]


def share(**more) -> dict:
    return GROUP | {"measure": "percentage"} | more


@pytest.mark.parametrize(
    ("groups", "noted"),
    [
        ([GROUP], []),
        ([share(interval=[30.1, 50.2])], [BRACKETS]),
        ([share(rows=[ROW | {"interval": [30.1, 50.2]}])], [BRACKETS]),
        (
            [GROUP | {"may_overlap": True}],
            ["May overlap: the same person or partner can be counted by several projects."],
        ),
        ([share(too_few=True)], [TOO_FEW]),
        ([share(rows=[ROW | {"too_few": True}])], [TOO_FEW]),
        ([share(denominator="9")], []),
        ([share(denominator="10")], [FEW]),
        ([share(denominator="29")], [FEW]),
        ([share(denominator="30")], []),
        ([share(rows=[ROW | {"answers": "12"}])], [FEW]),
        ([GROUP | {"measure": "mean", "denominator": "12"}], [FEW]),
        ([GROUP | {"denominator": "12"}], []),  # a count is no sample
        (
            [GROUP | {"type": "output"}],
            ["All indicators count what was made; none of them says what changed for people."],
        ),
        ([GROUP | {"type": "output"}, GROUP], []),
        ([share(rows=[ROW | {"change": CHANGE}])], [CHANGED]),
        (
            [share(rows=[ROW | {"change": CHANGE}, ROW | {"change": CHANGE, "project": "BP-2"}])],
            [CHANGED, CHANGED.replace("BP-1", "BP-2"), "P values are not adjusted for the number of indicators."],
        ),
    ],
)
def test_each_warning_stands_where_a_figure_needs_it(groups, noted):
    assert notes(*groups) == noted


def test_without_indicators_there_is_no_such_section():
    assert indicator_section({"scope": "call", "indicators": []}) is None


def test_indicators_without_target_and_value_have_a_table_and_no_picture():
    empty = GROUP | {"value": None, "target": None, "rows": [ROW | {"value": None, "target": None}]}
    section = indicator_section({"scope": "call", "indicators": [empty]})
    assert (section.pictures, [table.id for table in section.tables]) == ([], ["indicators", "indicator-visits-unit"])


@pytest.mark.parametrize(
    ("row", "name", "text"),
    [
        ({}, "value", "40"),
        ({"value": None, "too_few": True}, "value", "fewer than 10 answers"),
        ({"too_few": True}, "target", "50"),
        ({"interval": [30.14, 50.25]}, "value", "40 (30–50)"),
        ({"interval": [30.14, 50.25]}, "baseline", "0"),
        ({"may_overlap": True}, "value", "40 (may overlap)"),
        ({"may_overlap": True, "value": None}, "value", "–"),
        ({"final": False}, "value", "40 (so far)"),
        ({"final": False, "value": None}, "value", "–"),
        ({"final": False}, "target", "50"),
    ],
)
def test_a_measured_value_says_what_must_be_known_beside_it(row, name, text):
    assert words.measured(ROW | row, "unit", name).text == text


@pytest.mark.parametrize(
    ("baseline", "because", "text"),
    [
        ("0", "", "0"),
        (None, "", "–"),
        ("0", "Nobody counted.", "0"),
        (None, "Nobody counted.", "Nobody counted."),
        (None, NOT_ASKED, "It was not asked for."),
    ],
)
def test_a_baseline_that_is_missing_says_why(baseline, because, text):
    assert words.baseline(ROW | {"baseline": baseline, "no_baseline_because": because}, "unit").text == text


@pytest.mark.parametrize(
    ("moment", "told"),
    [(None, "–"), ("", "–"), ("2027-06-01", "1\xa0June 2027"), ("2027-06-01T22:30:00+00:00", "2\xa0June 2027")],
)
def test_a_day_is_that_of_the_readers_zone(moment, told):
    assert words.day(moment) == told


PROJECT = {
    "id": 7, "number": "BP-1", "url": "/projects/BP-1/", "title": "Dirbtuvės", "organisation": "Biblioteka",
    "municipality": "Alytus", "state": "implementation", "awarded": "100.00",
}  # fmt: skip
SUMS = {"committed": "100.00", "paid": "60.00", "returned": "0.00"}
SPENT = {"spent": "50.00", "spent_grant": "40.00", "spent_own": "10.00"}
SOURCE = {"id": 3, "code": "valstybes", "name": {"en": "State budget"}, **SUMS}
LINE = {"code": "A", "label": {"en": "Wages"}, "awarded": "100.00", "own": "20.00", "accepted": "50.00"}
SNAPSHOT = {
    "scope": "call",
    "facts": {
        "gives_money": True, "code": "BP", "programme": {"en": "Bridges"}, "first_day": "2027-01-01",
        "last_day": "2027-12-31", "received": 4, "funded": 1, "municipalities": 1, "municipalities_of": 60,
    },
    "projects": [PROJECT],
    "money": {"projects": {"7": SUMS | SPENT}, "totals": SUMS | SPENT, "sources": [SOURCE], "categories": [LINE]},
    "indicators": [], "reports": [], "milestones": [],
}  # fmt: skip


def with_facts(**more) -> dict:
    return SNAPSHOT | {"facts": SNAPSHOT["facts"] | more}


def with_money(**more) -> dict:
    return SNAPSHOT | {"money": SNAPSHOT["money"] | more}


@pytest.mark.parametrize(("gives", "columns"), [(True, 7), (False, 5)])
def test_projects_have_sums_only_where_money_is_given(gives, columns):
    [table] = projects_section(with_facts(gives_money=gives)).tables
    assert (len(table.columns), [len(row) for row in table.rows]) == (columns, [columns])


@pytest.mark.parametrize(
    ("scope", "title"),
    [
        ("project", "The project"),
        ("call", "The projects of the call"),
        ("programme", "The projects of the programme"),
    ],
)
def test_projects_are_named_after_what_the_report_is_about(scope, title):
    assert projects_section(SNAPSHOT | {"scope": scope}).title == title


def test_without_projects_there_is_a_sentence_in_place_of_the_table():
    section = projects_section(SNAPSHOT | {"projects": []})
    assert (section.paragraphs, section.tables) == (["No project was funded or recognised yet."], [])


@pytest.mark.parametrize(
    ("snapshot", "tables"),
    [
        (SNAPSHOT, ["money", "sources", "spending"]),
        (with_money(sources=[]), ["money", "spending"]),
        (with_money(categories=[]), ["money", "sources"]),
        (with_money(sources=[], categories=[]), ["money"]),
    ],
)
def test_money_has_a_table_for_each_thing_it_is_told_by(snapshot, tables):
    assert [table.id for table in money_section(snapshot).tables] == tables


def test_where_no_money_is_given_nothing_is_said_of_it():
    assert money_section(with_facts(gives_money=False)) is None


def test_one_project_has_no_row_of_sums_and_two_have():
    [first, *_others] = money_section(SNAPSHOT).tables
    second = SNAPSHOT["money"]["projects"] | {"8": SUMS | SPENT}
    two = with_money(projects=second) | {"projects": [PROJECT, PROJECT | {"id": 8, "number": "BP-2"}]}
    [both, *_others] = money_section(two).tables
    assert [row[0].text for row in first.rows] == ["BP-1"]
    assert [row[0].text for row in both.rows] == ["BP-1", "BP-2", "Together"]


@pytest.mark.parametrize(
    ("scope", "source", "url"),
    [
        ("call", SOURCE, "/money/ledger/?source=3&case=BP"),
        ("project", SOURCE, "/money/ledger/?source=3&case=BP"),
        ("programme", SOURCE, "/money/ledger/?source=3"),
        ("call", {name: value for name, value in SOURCE.items() if name != "id"}, ""),  # an older report
    ],
)
def test_a_source_leads_to_its_entries_in_the_ledger(scope, source, url):
    tables = money_section(with_money(sources=[source]) | {"scope": scope}).tables
    assert next(table for table in tables if table.id == "sources").rows[0][0].url == url


@pytest.mark.parametrize(
    ("scope", "projects", "leads"), [("project", [PROJECT], True), ("project", [], False), ("call", [PROJECT], False)]
)
def test_costs_by_line_lead_to_the_agreement_of_the_one_project(scope, projects, leads):
    tables = money_section(SNAPSHOT | {"scope": scope, "projects": projects}).tables
    assert bool(next(table for table in tables if table.id == "spending").rows[0][0].url) is leads


@pytest.mark.parametrize("section", [work_section, milestone_section])
def test_without_reports_or_milestones_there_is_no_such_section(section):
    assert section(SNAPSHOT) is None


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, ["BP", "Bridges", "1\xa0January 2027 – 31\xa0December 2027", "Data as of noon"]),
        ({"programme": None}, ["BP", "1\xa0January 2027 – 31\xa0December 2027", "Data as of noon"]),
        ({"first_day": None}, ["BP", "Bridges", "Data as of noon"]),
        ({"last_day": None}, ["BP", "Bridges", "Data as of noon"]),
    ],
)
def test_below_the_title_stands_what_is_known(facts, told):
    assert list(_meta(with_facts(**facts), "noon")) == told


@pytest.mark.parametrize(
    ("snapshot", "labels"),
    [
        (
            SNAPSHOT,
            ["projects funded", "municipalities reached", "paid out", "spent of the grants, by accepted reports"],
        ),
        (with_facts(gives_money=False), ["projects funded", "municipalities reached"]),
        (SNAPSHOT | {"scope": "project"}, ["paid out", "spent of the grants, by accepted reports"]),
        (
            with_facts(gives_money=False) | {"scope": "project", "indicators": [GROUP, GROUP | {"value": "50"}]},
            ["targets reached"],
        ),
        (with_facts(gives_money=False) | {"scope": "project"}, []),
    ],
)
def test_large_numbers_are_those_that_the_report_has(snapshot, labels):
    assert [figure.label for figure in _figures(snapshot)] == labels


@pytest.mark.parametrize(
    ("group", "reached"),
    [
        ({"value": "50"}, "1"),
        ({"value": "49"}, "0"),
        ({"value": "49", "ascending": False}, "1"),
        ({"value": None}, "0"),
        ({"target": None}, "0"),
    ],
)
def test_a_target_is_reached_at_or_past_it_in_its_own_direction(group, reached):
    snapshot = with_facts(gives_money=False) | {"scope": "project", "indicators": [GROUP | group]}
    [figure] = _figures(snapshot)
    assert (figure.value, figure.unit) == (reached, "of 1")
