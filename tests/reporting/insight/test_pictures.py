"""The pictures on the pages of other rooms: what they show, to whom, and in how many queries."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.programmes.models import StrategyPlan
from grants.programmes.services import import_strategy
from grants.projects.models import Project
from grants.selection.ranking import ranking_of
from reporting.insight import indicators, money, pipeline, plan, scores, spending, timeline
from reporting.pictures.sources import kinds, picture_of
from tests.grants.calls.makers import exclude
from workflows.actors import SYSTEM
from workflows.policy import remembering

STRATEGY = settings.BASE_DIR / "grants/programmes/data/strategija_2025_2027.txt"


def bare(picture):
    return [[cell.text if cell.raw is None else cell.raw for cell in row] for row in picture.table.rows]


@pytest.fixture
def page(client):
    """Open an address as somebody, in English."""

    def opened(user, url, status=200):
        client.logout()
        if user is not None:
            type(user).objects.filter(pk=user.pk).update(language="en")
            client.force_login(user)
        answer = client.get(url)
        assert answer.status_code == status
        return answer

    return opened


def test_scores_stand_around_the_line(story, call):
    picture = scores.of_ranking(ranking_of(call, story.people.staff("coordinator")))
    assert [(row[0], row[1], row[6], row[7]) for row in bare(picture)] == [
        ("Dirbtuvės 1", 1, 2, "fund"), ("Dirbtuvės 2", 2, 2, "fund"), ("Dirbtuvės 3", "", 2, "reserve list"),
        ("Dirbtuvės 4", "", 2, "do not fund"),
    ]  # fmt: skip
    assert picture.title == "2 of 4 applications are above the line; the reviews of 1 application reach across it"
    assert [mark.words for mark in picture.wide.marks].count("The money ends here") == 1


def test_the_curve_of_a_project_adds_its_instalments_payments_and_costs_up(story, project):
    picture = spending.of_project(project, story.people.staff("finance"))
    last = bare(picture)[-1]
    assert (last[1], last[2], last[3]) == (Decimal("10000.00"), "", "")
    assert [row[2] for row in bare(picture) if row[2] != ""][-1] == Decimal("6000.00")
    spent = [row[3] for row in bare(picture) if row[3] != ""][-1]
    assert spent == sum(expense.amount for report in project.reports.all() for expense in report.expenses.all())


def test_the_timeline_has_the_stages_of_the_log_and_the_dates_of_the_agreement(story, project):
    rows = bare(timeline.of_project(project, story.people.staff("coordinator")))
    assert [row[0] for row in rows[:4]] == ["Call", "Application", "Selection", "Implementation"]
    assert rows[3][2] == project.ends_on.isoformat()
    assert {"End of the project"} <= {row[0] for row in rows}
    names = {milestone.title for milestone in project.milestones.all()}
    assert names <= {row[0] for row in rows}


def test_an_evaluator_sees_the_stages_and_nothing_of_the_work(story, project):
    rows = bare(timeline.of_project(project, story.people.known["evaluator"]))
    assert [row[0] for row in rows] == ["Call", "Application", "Selection", "Implementation"]
    assert spending.of_project(project, story.people.known["evaluator"]) is None
    assert indicators.of_project(project, story.people.known["evaluator"]) is None


def test_a_declined_project_ends_with_its_selection(story, world):
    declined = Project.objects.select_related("call").get(pk=world.projects[3])
    rows = bare(timeline.of_project(declined, story.people.staff("coordinator")))
    assert [(row[0], row[3]) for row in rows] == [("Call", "done"), ("Application", "done"), ("Selection", "done")]


def test_indicators_are_drawn_once_something_is_measured(story, project, world):
    coordinator = story.people.staff("coordinator")
    rows = [tuple(row) for row in bare(indicators.of_project(project, coordinator))]
    assert ("Events, number", "0", "24", "12") in rows
    assert indicators.of_project(Project.objects.get(pk=world.projects[1]), coordinator) is None


def test_money_is_drawn_as_of_the_day_of_the_page(story, page):
    finance = story.people.staff("finance")
    (row,) = bare(money.as_of(None, finance))
    assert row[6:] == [Decimal("20000.00"), Decimal("6000.00")]
    text = page(finance, reverse("money:overview") + "?as_of=2020-01-01").content.decode()
    assert "/pictures/money/all.csv?as_of=2020-01-01" in text
    (row,) = bare(picture_of("money", finance, "all", {"as_of": "2020-01-01"}))
    assert row[2:] == [Decimal(0)] * 6


def test_a_plan_is_drawn_by_goal_and_direction(story, page):
    import_strategy(data=STRATEGY.read_bytes(), by=SYSTEM, name="strategija.txt")
    found = StrategyPlan.objects.get()
    rows = bare(plan.of_plan(found))
    goals = [row for row in rows if row[0].split()[0] in {"1", "2", "3"}]
    assert (len(rows), [row[-1] for row in goals]) == (11, [Decimal(46500), Decimal(39500), Decimal(227000)])
    assert plan.of_plan(found).title == "73% of the money is for goal 3"
    assert "picture-plan" in page(story.people.staff("head"), found.get_absolute_url()).content.decode()


def test_the_pipeline_of_a_call_counts_every_project_once(story, call):
    picture = pipeline.of_call(call, story.people.staff("coordinator"))
    assert {row[1]: row[2] for row in bare(picture) if row[2]} == {
        "on the reserve list": 1, "declined": 1, "being implemented": 2,
    }  # fmt: skip
    assert picture.table.rows[0][1].url == f"/projects/?state=call&call={call.pk}"


def addresses(call, project):
    return {
        "scores": (f"/calls/{call.pk}/ranking/", f"/pictures/scores/{call.pk}.csv"),
        "pipeline": (call.get_manage_url(), f"/pictures/pipeline/{call.pk}.csv"),
        "spending": (project.get_absolute_url(), f"/pictures/spending/{project.pk}.csv"),
        "timeline": (project.get_absolute_url(), f"/pictures/timeline/{project.pk}.csv"),
        "indicators": (project.get_absolute_url(), f"/pictures/indicators/{project.pk}.csv"),
        "money": ("/money/", "/pictures/money/all.csv"),
    }


@pytest.mark.parametrize("kind", ["scores", "pipeline", "spending", "timeline", "indicators", "money"])
def test_a_picture_stands_on_its_page_with_its_table_and_its_file(story, call, project, page, kind):
    where, file = addresses(call, project)[kind]
    person = story.people.staff("head")
    text = page(person, where).content.decode()
    assert [
        part for part in (f'id="picture-{kind}"', file, "Data as a table", "How this was counted") if part not in text
    ] == []
    assert "style=" not in text
    answer = page(person, file)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == len(picture_of(kind, person, file.rpartition("/")[2].removesuffix(".csv")).table.rows)
    assert "," in head


def test_whoever_is_kept_away_from_a_case_finds_it_in_no_picture_and_no_count(story, call, project, kept_away, page):
    ranked = scores.of_ranking(ranking_of(call, kept_away))
    assert [row[0] for row in bare(ranked)] == ["Dirbtuvės 2", "Dirbtuvės 3", "Dirbtuvės 4"]
    assert ranked.title == "1 of 3 applications is above the line; the reviews of 1 application reach across it"
    for counted in (pipeline.of_call(call, kept_away), pipeline.of_everything(kept_away)):
        assert {row[1]: row[2] for row in bare(counted) if row[2]} == {
            "on the reserve list": 1, "declined": 1, "being implemented": 1,
        }  # fmt: skip
    text = page(kept_away, f"/calls/{call.pk}/ranking/").content.decode()
    assert (project.number in text, project.title in text) == (False, False)
    for kind in ("spending", "timeline", "indicators"):
        page(kept_away, f"/pictures/{kind}/{project.pk}.csv", 404)


NOBODY = ["vadove2", "evaluator", None]


@pytest.mark.parametrize("name", NOBODY)
def test_strangers_to_a_project_get_none_of_its_work(story, project, page, name):
    person = None if name is None else story.people.known[name]
    page(person, f"/pictures/spending/{project.pk}.csv", 404)
    page(person, f"/pictures/scores/{project.call_id}.csv", 404)
    page(person, f"/pictures/pipeline/{project.call_id}.csv", 404)
    page(person, "/pictures/pipeline/all.csv", 404)
    page(person, "/pictures/money/all.csv", 404)


@pytest.mark.parametrize("key", ["0", "nera", "9" * 30, "٣"])
def test_what_never_was_has_no_picture(story, page, key):
    for kind in (*kinds(), "nothing"):
        assert picture_of(kind, story.people.staff("head"), key) is None
    page(story.people.staff("head"), "/pictures/scores/99999999999999999999999.csv", 404)


def test_pictures_ask_as_often_for_three_applications_as_for_one(story, call, world, kept_away):
    counts = {}
    for shown in (3, 1):
        if shown == 1:
            for pk in world.projects[1:3]:
                exclude(kept_away, Project.objects.get(pk=pk).case_id)
        person, again = type(kept_away).objects.get(pk=kept_away.pk), type(call).objects.get(pk=call.pk)
        with remembering(), CaptureQueriesContext(connection) as queries:
            ranked = scores.of_ranking(ranking_of(again, person))
            pipeline.of_call(again, person)
        counts[len(ranked.table.rows)] = len(queries)
    assert counts[1] == counts[3] <= 12


def test_pictures_of_a_project_take_few_queries_whatever_it_holds(story, project):
    coordinator = story.people.staff("coordinator")
    with CaptureQueriesContext(connection) as queries:
        for room in (spending, timeline):
            room.of_project(project, coordinator)
        indicators.of_project(project, coordinator)
    assert len(queries) <= 14
