"""What an application promised becomes the indicators of the funded project."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from grants.evaluation.models import IndicatorDefinition, ProjectIndicator
from grants.evaluation.services import copy_indicators, load_indicators
from grants.evaluation.services.catalogue import catalogue_rows
from grants.evaluation.states import Measure, OverProjects, OverTime

COPIED = [
    ("services_new", "OUT-SERV", "unit", "sum", "sum", "0", "2"),
    ("events", "OUT-EVENT", "unit", "sum", "sum", "0", "24"),
    ("participants", "OUT-ATT", "unit", "sum", "sum", "0", "300"),
    ("partnerships", "PRG-PART", "unit", "last", "distinct", "0", "1"),
    ("satisfaction", None, "percentage", "none", "ratio_of_sums", "0", "80"),
]


def test_an_award_copies_every_promise_with_the_rules_of_the_catalogue(one):
    found = one.project.indicators.select_related("definition").order_by("order")
    assert [
        (i.key, i.definition.code if i.definition else None, i.measure, i.over_time, i.over_projects,
         f"{i.baseline:f}".rstrip("0").rstrip(".") or "0", f"{i.target:f}".rstrip("0").rstrip("."))
        for i in found
    ] == COPIED  # fmt: skip
    assert {i.required for i in found} == {True}
    assert found[0].name == "New services created"
    with translation.override("lt"):
        assert found[0].name == "Sukurtos naujos paslaugos"


def test_copying_twice_changes_nothing(one):
    before = list(one.project.indicators.values_list("pk", flat=True))
    copy_indicators(project=one.project)
    assert list(one.project.indicators.values_list("pk", flat=True)) == before


def test_a_falling_target_is_better_when_lower(one):
    from grants.evaluation.services.indicators import _indicator

    asked = one.call.indicators.get(key="events")
    made = _indicator(one.project, asked, {"baseline": "40", "target": "10", "no_baseline_because": ""}, None)
    assert (made.ascending, made.baseline, made.target) == (False, Decimal(40), Decimal(10))


def test_without_an_answer_there_is_no_target_but_a_reason(one):
    from grants.evaluation.services.indicators import _indicator

    made = _indicator(one.project, one.call.indicators.get(key="events"), {}, None)
    assert (made.baseline, made.target, bool(made.baseline_missing_reason)) == (None, None, True)


@pytest.mark.parametrize(
    ("unit", "measure"),
    [("per cent", Measure.PERCENTAGE), ("%", Measure.PERCENTAGE), ("EUR", Measure.MONEY), ("number", Measure.UNIT)],
)
def test_the_unit_of_a_call_says_what_is_measured(one, unit, measure):
    from grants.evaluation.services.indicators import measure_of

    asked = one.call.indicators.get(key="events")
    asked.unit = {"en": unit, "lt": "vnt."}
    assert measure_of(asked) == measure


def test_a_baseline_is_a_number_or_a_reason(one):
    wrong = one.indicator("events")
    wrong.pk, wrong.key, wrong.baseline, wrong.baseline_missing_reason = None, "other", None, ""
    wrong._state.adding = True
    with pytest.raises(IntegrityError, match="baseline"), transaction.atomic():
        wrong.save()


def test_the_catalogue_has_52_indicators_in_both_languages(db):
    rows = list(catalogue_rows())
    assert len(rows) == 52
    assert [row["code"] for row in rows if not row["name_lt"] or not row["name_en"]] == []
    assert {row["measure"] for row in rows} <= set(Measure.values)
    assert {row["over_time"] for row in rows} <= set(OverTime.values)
    assert {row["over_projects"] for row in rows} <= set(OverProjects.values)


def test_loading_the_catalogue_twice_changes_nothing(db):
    ProjectIndicator.objects.all().delete()
    IndicatorDefinition.objects.all().delete()
    first, second = load_indicators(), load_indicators()
    assert (first.indicators, first.changed, second.changed) == (52, 52, 0)
    IndicatorDefinition.objects.filter(code="OUT-EVENT").update(name_lt="Kitaip")
    assert load_indicators().changed == 1
    assert IndicatorDefinition.objects.get(code="OUT-EVENT").name_lt == "Surengti renginiai"
    assert str(IndicatorDefinition.objects.get(code="PRG-SUCC")).startswith("PRG-SUCC ")
    assert IndicatorDefinition.objects.get(code="PRG-SUCC").ascending is None


def test_a_contest_has_no_indicators(story):
    library = story.people.library("PVZ-02", "Kita biblioteka")
    director = story.people.member(library, "kita", "Kita Kitienė")
    story.at("2027-02-01 08:00")
    call = story.call("nom-2027")
    project = story.applied(call, library, director)
    story.closed(call)
    story.accepted(project)
    story.reviewed(project, [story.evaluator(call, f"juror{n}", f"Jurorė {n}") for n in range(5)], share="0.9")
    story.announced(call, [story.decided(project, "recognise")])
    assert project.indicators.count() == 0
