"""The results of a call in words and columns, as far as its rules and its course give them."""

from decimal import Decimal

import pytest

from grants.projects.models import Project
from reporting.pictures.sources import picture_of
from reporting.showcase import project_page, results
from reporting.showcase.permissions import published_of
from reporting.showcase.results import Counts
from reporting.showcase.selectors import in_order

NONE = Counts(0, 0, 0, 0, Decimal(0), Decimal(0))
SOME = Counts(4, 2, 1, 1, Decimal(40_000), Decimal(20_000))


def ruled(call, **decision):
    """The call with other rules of deciding."""
    call.rules["decision"] |= decision
    type(call).objects.filter(pk=call.pk).update(rules=call.rules)
    return type(call).objects.get(pk=call.pk)


def without_money(call):
    """The call as a prize: nothing is granted, so nothing is told of money."""
    call.rules["call"].pop("money")
    type(call).objects.filter(pk=call.pk).update(rules=call.rules)
    return type(call).objects.get(pk=call.pk)


@pytest.mark.parametrize(
    ("publish", "counts", "labels"),
    [
        (["requested"], SOME, ["funded", "awarded", "asked for by all", "on the reserve list"]),
        (["title"], SOME, ["funded", "awarded", "on the reserve list"]),
        (["title"], NONE, ["funded", "awarded"]),
    ],
)
def test_large_numbers_are_those_that_the_rules_publish(call, publish, counts, labels):
    assert [one["label"] for one in results.figures(ruled(call, publish=publish), counts)] == labels


@pytest.mark.parametrize(
    ("publish", "scores", "columns"),
    [
        (
            ["title", "score", "requested"],
            True,
            ["Project", "Library", "Municipality", "Place", "Points", "Requested, EUR", "Awarded, EUR", "Status"],
        ),
        (["title", "score"], False, ["Project", "Library", "Municipality", "Awarded, EUR", "Status"]),
        (["nomination"], True, ["Nomination", "Library", "Municipality", "Awarded, EUR", "Status"]),
    ],
)
def test_columns_are_those_that_the_rules_publish(call, publish, scores, columns):
    changed = ruled(call, publish=publish, publish_scores=scores)
    table = results.table_of(changed, list(results.ranked(changed)))
    assert [str(column.label) for column in table.columns] == columns
    assert [len(row) for row in table.rows] == [len(columns)] * 2


def test_where_no_money_is_granted_none_is_told(call):
    prize = without_money(ruled(call, publish=["title"]))
    table = results.table_of(prize, list(results.ranked(prize)))
    assert [str(column.label) for column in table.columns] == ["Project", "Library", "Municipality", "Status"]
    assert [len(row) for row in table.rows] == [4, 4]
    assert [one["label"] for one in results.figures(prize, NONE)] == ["funded"]
    assert results._sentences(prize, NONE) == []


FUNDED = "Funded: 50% of 4 applications received and not taken back."
DECLINED = "Declined: 1. Applications that were not funded are not named."


@pytest.mark.parametrize(
    ("counts", "reserve_until", "said"),
    [
        (NONE, None, ["Of EUR\xa0{total} of the call, EUR\xa00 is awarded."]),
        (
            SOME,
            None,
            [FUNDED, "On the reserve list: 1.", DECLINED, "Of EUR\xa0{total} of the call, EUR\xa020,000 is awarded."],
        ),
        (
            SOME,
            "2027-12-31",
            [
                FUNDED,
                "On the reserve list until 31\xa0December 2027: 1.",
                DECLINED,
                "Of EUR\xa0{total} of the call, EUR\xa020,000 is awarded.",
            ],
        ),
    ],
)
def test_results_are_told_in_sentences(call, counts, reserve_until, said):
    changed = ruled(call, reserve_valid_until=reserve_until)
    total = f"{int(max(changed.terms.total, results.money_behind(changed))):,}"
    assert results._sentences(changed, counts) == [sentence.format(total=total) for sentence in said]


def facts_of(project):
    return {str(fact["label"]): fact["value"] for fact in project_page.facts(project, published_of(project.call))}


def test_facts_are_those_that_are_known(project):
    known = list(facts_of(project))
    assert [name for name in ("Library", "Municipality", "Call", "Awarded", "Period") if name not in known] == []
    project.organisation.municipality = None
    project.awarded_amount = project.starts_on = None
    assert list(facts_of(project)) == [name for name in known if name not in ("Municipality", "Awarded", "Period")]


@pytest.mark.parametrize(("publish", "is_told"), [(["title", "requested"], True), (["title"], False)])
def test_the_sum_asked_for_is_told_where_the_rules_publish_it(call, project, publish, is_told):
    project.call = ruled(call, publish=publish)
    assert ("Requested" in facts_of(project)) is is_told


def test_a_project_that_has_not_measured_has_no_picture_of_results(story, world):
    number = Project.objects.values_list("number", flat=True).get(pk=world.projects[1])
    assert picture_of("results", None, number) is None


def test_projects_are_ordered_by_their_sums(story, world):
    first, second = world.projects[:2]
    Project.objects.filter(pk=second).update(awarded_amount=20_000)
    assert in_order(Project.objects.filter(pk__in=[first, second]), "amount") == [second, first]
