"""What a report says of a call with two projects, one of which has measured: reckoned by hand."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from grants.evaluation.models import ProjectIndicator
from grants.evaluation.services import approve_measurement
from grants.questionnaires.canonical import sha256_of
from reporting.impact.gather import gather
from reporting.impact.gather.values import plain
from reporting.impact.shown import shown_report
from reporting.impact.shown.document import document_of
from workflows import clock
from workflows.actors import SYSTEM


def by_key(report):
    return {group["key"]: group for group in report.snapshot["indicators"]}


def test_money_is_that_of_the_ledger_and_of_accepted_reports(get_report):
    money = get_report("call").snapshot["money"]
    assert money["totals"] == {
        "committed": "30000.00", "paid": "9000.00", "returned": "0.00",
        "spent": "3368.20", "spent_grant": "3000.00", "spent_own": "368.20",
    }  # fmt: skip
    assert [(s["code"], s["committed"], s["paid"]) for s in money["sources"]] == [("valstybes", "30000.00", "9000.00")]
    assert sum(float(line["awarded"]) for line in money["categories"]) == 30000.0


def test_grant_money_spent_stands_beside_the_grant_paid_and_own_money_apart(get_report):
    snapshot = get_report("call").snapshot
    totals = snapshot["money"]["totals"]
    older = snapshot | {"money": snapshot["money"] | {"totals": {k: v for k, v in totals.items() if "_" not in k}}}
    with translation.override("en"):
        new, old = (document_of(one, "0" * 64, "/", clock.now()) for one in (snapshot, older))
    assert [str(column.label) for column in new.table("money").columns][-2:] == [
        "Spent of the grant, EUR", "Own money spent, EUR",
    ]  # fmt: skip
    assert str(old.table("money").columns[-1].label) == "Spent with own money, EUR"
    assert [f.label for f in new.figures if "spent" in f.label] == ["spent of the grants, by accepted reports"]
    assert [f.label for f in old.figures if "spent" in f.label] == ["spent, by accepted reports"]


def test_a_call_adds_up_only_what_is_approved_and_says_of_how_many(get_report):
    events = by_key(get_report("call"))["events"]
    assert (events["value"], events["reported"], events["asked"]) == ("12", 1, 2)
    assert (events["baseline"], events["target"], events["achievement"]) == ("0", "24", "50")
    assert [(row["value"], row["final"]) for row in events["rows"]] == [("12", True), (None, False)]


def test_a_share_is_added_up_by_its_parts_and_has_an_interval(get_report):
    group = by_key(get_report("call"))["satisfaction"]
    assert (group["value"], group["numerator"], group["denominator"]) == ("80", "160", "200")
    assert (group["rule"], group["interval"]) == ("ratio_of_sums", [73.9, 85.0])


def test_what_is_counted_in_different_units_is_never_put_together(story, world, get_report):
    other = ProjectIndicator.objects.filter(project=world.second, key="events")
    other.update(unit={"lt": "val.", "en": "hours"})
    with translation.override("en"):
        snapshot = gather(get_report("call"), clock.now())
        document = document_of(snapshot, "0" * 64, "/", clock.now())
    groups = [group for group in snapshot["indicators"] if group["key"] == "events"]
    assert [(group["unit"]["en"], group["asked"], group["value"]) for group in groups] == [
        ("number", 1, "12"), ("hours", 1, None),
    ]  # fmt: skip
    names = [table.id for table in document.tables if table.id.startswith("indicator-events")]
    assert names == ["indicator-events-unit", "indicator-events-unit-no2"]
    anchors = [row[0].url for row in document.table("indicators").rows if row[0].raw == "events"]
    assert anchors == [f"#table-{name}" for name in names]


def test_a_baseline_that_is_missing_leaves_the_whole_without_one(story, world, get_report):
    ProjectIndicator.objects.filter(project=world.first, key="events").update(
        baseline=None, baseline_missing_reason="not_asked"
    )
    [group] = [g for g in gather(get_report("call"), clock.now())["indicators"] if g["key"] == "events"]
    assert (group["value"], group["baseline"], group["achievement"]) == ("12", None, None)


@pytest.mark.parametrize(("value", "kept"), [("0.00005", "0.0001"), ("62.50005", "62.5001"), ("0", "0"), ("10", "10")])
def test_a_frozen_number_is_rounded_half_up(value, kept):
    assert plain(Decimal(value)) == kept


def test_partners_of_several_projects_may_overlap_only_where_several_reported(get_report):
    assert by_key(get_report("call"))["partnerships"]["may_overlap"] is False


@pytest.mark.parametrize("scope", ["project", "call", "programme"])
def test_the_digest_is_that_of_the_frozen_figures(get_report, scope):
    report = get_report(scope)
    assert report.snapshot_sha256 == sha256_of(report.snapshot)
    assert report.snapshot["version"]["last_step"] > 0


def test_what_happens_later_changes_nothing_in_a_report(story, get_report, project):
    report = get_report("project")
    before = report.snapshot_sha256
    director = story.people.known["direktore"]
    story.handed_in(project.indicators.get(key="events"), director, share="1", reason="Suskaičiuota iš naujo.")
    report.refresh_from_db()
    assert sha256_of(report.snapshot) == before


def test_facts_of_a_call(get_report):
    facts = get_report("call").snapshot["facts"]
    assert (facts["received"], facts["funded"], facts["municipalities"], facts["municipalities_of"]) == (2, 2, 2, 60)


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("scope", ["project", "call", "programme"])
def test_every_figure_leads_to_a_table_that_is_there(get_report, scope, language):
    with translation.override(language):
        document = shown_report(get_report(scope))
    names = [table.id for table in document.tables]
    assert [figure.table for figure in document.figures if figure.table not in names] == []
    assert all(figure.formula for figure in document.figures)
    assert len(names) == len(set(names))
    assert 2 <= len(document.figures) <= 5


def test_every_table_is_as_wide_as_its_head(get_report):
    for scope in ("project", "call", "programme"):
        for table in shown_report(get_report(scope)).tables:
            assert {len(row) for row in table.rows} == {len(table.columns)}, table.id


def test_a_report_says_that_a_change_is_no_effect(get_report):
    with translation.override("en"):
        notes = [note for section in shown_report(get_report("call")).sections for note in section.notes]
    assert any("not an effect" in note for note in notes)


def test_gathering_takes_a_few_queries_and_showing_takes_none(story, get_report):
    report = get_report("call")
    with CaptureQueriesContext(connection) as gathered:
        gather(report, clock.now())
    assert len(gathered) <= 13
    with CaptureQueriesContext(connection) as shown:
        shown_report(report)
    assert len(shown) == 0


FEW = [  # answers, what a reader sees of 80 per cent of them
    ("9", "fewer than 10 answers", "not shown"),
    ("20", "80", "fewer than thirty"),
    ("200", "80", None),
]


@pytest.mark.parametrize(("answers", "cell", "note"), FEW)
def test_few_answers_are_flagged_and_too_few_are_not_told(story, get_report, project, answers, cell, note):
    director = story.people.known["direktore"]
    indicator = project.indicators.get(key="satisfaction")
    part = Decimal(answers) * 8 // 10
    found = story.handed_in(indicator, director, numerator=part, denominator=Decimal(answers), reason="Iš naujo.")
    approve_measurement(measurement=found, by=story.people.staff("coordinator"))
    with translation.override("en"):
        snapshot = gather(get_report("call"), clock.now())
        document = document_of(snapshot, "0" * 64, "/", clock.now())
    notes = " ".join(next(section.notes for section in document.sections if section.id == "indicators"))
    rows = {row[0].raw: row[3].text for row in document.table("indicators").rows}
    assert rows["satisfaction"].startswith(cell)
    assert ("fewer than t" in notes) is (note is not None)
    assert note is None or note in notes


def test_an_activity_of_the_strategy_is_shown_where_a_call_names_it(story, get_report):
    from grants.programmes.services import import_strategy
    from reporting.impact.gather.plan import plan_of

    report = get_report("call")
    assert plan_of([report.call]) is None
    report.call.rules["call"]["money"]["cost_in_strategy"] = {"activity": "2.1.4", "year": 2027}
    assert plan_of([report.call]) is None
    text = (Path(settings.BASE_DIR) / "grants/programmes/data/strategija_2025_2027.txt").read_bytes()
    import_strategy(data=text, by=SYSTEM, name="strategija.txt")
    plan = plan_of([report.call])
    assert [row["code"] for row in plan["rows"]] == ["2", "2.1", "2.1.4"]
    snapshot = report.snapshot | {"plan": plan}
    shown = document_of(snapshot, "0" * 64, "/", clock.now()).table("plan")
    assert [row[0].text for row in shown.rows] == ["2", "2.1", "2.1.4"]
