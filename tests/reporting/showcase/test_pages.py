"""Public pages: only what is announced, the same for everybody, in a constant number of queries."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.projects.models import Project
from reporting.pictures.sources import picture_of
from reporting.showcase import results
from reporting.showcase.embeds import funded_block
from reporting.showcase.figures import figures, table_of
from reporting.showcase.selectors import in_order

LIST = reverse("showcase:list")


@pytest.fixture
def page(client):
    """Open an address without signing in, in a language."""

    def opened(url, status=200, language="en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(url)
        assert answer.status_code == status
        return answer

    return opened


def titles(answer):
    return [row["title"] for row in answer.context["rows"]]


def test_the_list_shows_what_is_announced_and_nothing_else(story, page):
    text = page(LIST).content.decode()
    assert [title for title in ("Dirbtuvės 1", "Dirbtuvės 2") if title not in text] == []
    assert [title for title in ("Dirbtuvės 3", "Dirbtuvės 4") if title in text] == []
    assert "Projects were funded in 2 of 60 municipalities" in text


FILTERS = [
    ("", ["Dirbtuvės 1", "Dirbtuvės 2"]),
    ("?text=pvz-02", ["Dirbtuvės 2"]),
    ("?municipality=LT-01", ["Dirbtuvės 1"]),
    ("?year=2027", ["Dirbtuvės 1", "Dirbtuvės 2"]),
    ("?year=1999", []),
    ("?call=BP-2027-1&order=newest", ["Dirbtuvės 1", "Dirbtuvės 2"]),
    ("?text=nerasiu", []),
    ("?municipality=%27", []),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_the_list_is_narrowed_by_its_filters(story, page, query, expected):
    assert titles(page(LIST + query)) == expected


def test_names_stand_in_the_order_of_the_lithuanian_alphabet(story, world):
    projects = Project.objects.filter(pk__in=world.projects)
    for project, name in zip(projects.order_by("pk"), ("Žagarė", "Šakiai", "Ylakiai", "Jonava"), strict=True):
        project.organisation.name = name
        project.organisation.save()
    names = dict(projects.values_list("pk", "organisation__name"))
    assert [names[pk] for pk in in_order(projects, "library")] == ["Ylakiai", "Jonava", "Šakiai", "Žagarė"]


def test_the_map_follows_the_filters_and_has_every_municipality(story):
    def shown(**query):
        return {row[0].text: row[1].raw for row in picture_of("map", None, "all", query).table.rows if row[1].raw}

    assert len(picture_of("map", None, "all").table.rows) == 60
    assert set(shown().values()) == {1}
    assert (len(shown()), len(shown(municipality="LT-01")), shown(year="1999")) == (2, 2, {})
    assert picture_of("map", None, "other") is None


def test_tiles_of_municipalities_with_projects_lead_to_their_list(story, page):
    text = page(LIST).content.decode()
    assert f'<a href="{LIST}?municipality=LT-01#projects" aria-label=' in text
    assert "style=" not in text


def test_a_project_has_a_page_of_public_facts(story, project, page):
    text = page(reverse("showcase:project", args=[project.number])).content.decode()
    for words in (project.title, project.organisation.name, "BP-2027-1", "10,000"):
        assert words in text
    for hidden in ("/projects/", "evaluator", "Vardenė", "Per mažai lėšų"):
        assert hidden not in text.replace("/funded/projects/", "")
    assert "baseline 0, target 24, reached 12" in text
    answer = page(f"/pictures/results/{project.number}.csv")
    assert '"Events, number",0,24,12' in answer.content.decode("utf-8-sig").splitlines()


def test_what_is_not_announced_has_no_page_and_cannot_be_told_from_what_never_was(story, world, page):
    for pk in world.projects[2:]:
        number = Project.objects.get(pk=pk).number
        page(reverse("showcase:project", args=[number]), 404)
        page(f"/pictures/results/{number}.csv", 404)
    page("/funded/projects/nera/", 404)
    page("/funded/results/nera/", 404)
    page("/funded/results/nera.csv", 404)


def test_results_name_the_funded_and_count_the_others(story, call, page):
    url = reverse("showcase:results", args=[call.code])
    text = page(url).content.decode()
    assert [
        words for words in ("Dirbtuvės 1", "90.50", "On the reserve list", "Declined: 1.") if words not in text
    ] == []
    assert [words for words in ("Dirbtuvės 3", "Dirbtuvės 4") if words in text] == []
    assert results.counts_of(call) == results.Counts(4, 2, 1, 1, Decimal(40_000), Decimal(20_000))
    lines = page(reverse("showcase:results_csv", args=[call.code])).content.decode("utf-8-sig").splitlines()
    assert lines[0] == 'Project,Library,Municipality,Place,Points,"Requested, EUR","Awarded, EUR",Status'
    assert lines[1].split(",")[3:7] == ["1", "90.50", "10000.00", "10000.00"]


def test_a_call_publishes_only_what_its_rules_say(story, call, page):
    call.rules["decision"]["publish"] = ["applicant", "nomination", "place"]
    call.rules["decision"]["publish_scores"] = False
    type(call).objects.filter(pk=call.pk).update(rules=call.rules)
    text = page(reverse("showcase:results", args=[call.code])).content.decode()
    assert [words for words in ("Dirbtuvės 1", "90.50", "asked for by all") if words in text] == []
    assert "Dirbtuvės 1" not in page(LIST).content.decode()
    number = Project.objects.order_by("pk").values_list("number", flat=True)[0]
    assert "Dirbtuvės 1" not in page(reverse("showcase:project", args=[number])).content.decode()


def test_the_page_of_a_call_leads_to_its_results(story, call, page):
    assert reverse("showcase:results", args=[call.code]) in page(call.get_absolute_url()).content.decode()
    assert call.code in page(reverse("showcase:calls")).content.decode()


def test_how_decisions_are_made_is_told_from_the_rules(story, call, page):
    text = page(reverse("showcase:how")).content.decode()
    criteria = [criterion.label for criterion in call.criteria.all()]
    assert [
        words for words in (*criteria, "close kinship", "Award → being implemented", "/policy/") if words not in text
    ] == []


@pytest.mark.parametrize(("language", "words"), [("en", "Total value"), ("lt", "Visa vertė")])
def test_figures_of_earlier_programmes_stand_beside_their_sources(db, page, language, words):
    text = page(reverse("showcase:figures"), language=language).content.decode()
    assert words in text
    assert "silutevb.lt" in text


def test_values_that_differ_stand_beside_each_other():
    libraries = next(figure for figure in figures()["BP1"] if figure.key == "libraries")
    assert [(value.value["en"], value.source.split(",")[0]) for value in libraries.values] == [
        ("1,276", "bibliotekospazangai.lt/lt/apie-projekta"), ("1,217", "kvb.lt"), ("1,248", "bibliotekospazangai.lt"),
    ]  # fmt: skip
    assert libraries.differs
    assert sorted(figures()) == ["BP1", "BP2", "later"]


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_figure_has_a_name_a_value_and_a_source_in_both_languages(language):
    rows = table_of(language).rows
    assert len(rows) == 42
    assert [row for row in rows if not (row[1].text and row[2].text and row[4].text)] == []


def test_an_empty_list_says_why_and_leads_on(story, call, page):
    assert "Nothing matches these filters" in page(f"{LIST}?year=1999").content.decode()
    for project in call.projects.all():
        project.case.is_test = True
        project.case.save()
    text = page(LIST).content.decode()
    assert "Nothing is funded yet" in text
    assert "Projects were funded in 0 of 60 municipalities" in text
    assert funded_block(None) == {}


def test_other_pages_may_show_the_map_and_the_great_numbers(story):
    with CaptureQueriesContext(connection) as queries:
        block = funded_block(None)
    assert len(queries) == 3
    assert [(figure["value"], figure["label"]) for figure in block["figures"]] == [
        ("2", "projects funded"), ("2", "libraries"), ("EUR\xa020,000", "awarded"),
    ]  # fmt: skip
    assert block["picture"].title == "Projects were funded in 2 of 60 municipalities"


def test_public_pages_ask_as_often_for_two_projects_as_for_one(story, call, world, page):
    addresses = [LIST, reverse("showcase:results", args=[call.code]), reverse("showcase:calls")]

    def asked():
        counts = []
        for url in addresses:
            with CaptureQueriesContext(connection) as queries:
                page(url)
            counts.append(len(queries))
        return counts

    asked()
    two = asked()
    second = Project.objects.get(pk=world.projects[1])
    second.case.is_test = True
    second.case.save()
    assert len(titles(page(LIST))) == 1
    assert asked() == two
    assert max(two) <= 12
