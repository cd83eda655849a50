"""The pages of reports: public at an address that stays, in both languages, with every table beside its picture."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.questionnaires.canonical import sha256_of
from reporting.impact.models import ImpactReport, ReportPdf
from reporting.impact.services import request_report
from reporting.pdf import making
from workflows.models import Job
from workflows.services import perform
from workflows.services.job_runs import cancel_job, run_job


@pytest.fixture
def page(client):
    """Open an address as somebody (None: not signed in), in a language."""

    def opened(user, url, language="en", status=200, **data):
        client.logout()
        if user is not None:
            type(user).objects.filter(pk=user.pk).update(language=language)
            client.force_login(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.post(url, data) if data else client.get(url)
        assert answer.status_code == status
        return answer

    return opened


@pytest.fixture
def staff(story):
    return story.people.staff


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["New services created", "How this was counted", "CSV"]), ("lt", ["Sukurtos naujos paslaugos", "CSV"])],
)
def test_everybody_reads_a_published_report_in_both_languages(get_report, page, language, words):
    text = page(None, get_report("call").get_absolute_url(), language).content.decode()
    assert [word for word in words if word not in text] == []
    assert "style=" not in text
    assert 'role="img"' in text


@pytest.mark.parametrize("scope", ["project", "call", "programme"])
def test_every_row_opens_a_page_for_staff(get_report, page, staff, scope):
    document = page(staff("coordinator"), get_report(scope).get_absolute_url()).context["document"]
    rows = {table.id: [cell.url for row in table.rows for cell in row if cell.url] for table in document.tables}
    linked = {name for name, urls in rows.items() if urls}
    assert {"projects", "money", "sources", "indicators", "work", "milestones"} <= linked
    assert ("spending" in linked) is (scope == "project"), "costs by line stand on the page of one agreement"
    for url in {url.partition("#")[0] for urls in rows.values() for url in urls} - {""}:
        page(staff("coordinator"), url)


def test_the_public_gets_no_links_to_working_pages_and_staff_do(get_report, page, staff):
    url = get_report("call").get_absolute_url()
    assert "/projects/" not in page(None, url).content.decode()
    assert "/projects/" in page(staff("coordinator"), url).content.decode()


OPENS = {  # who: of the published call, of the assembled project, of the assembled programme
    None: (200, 404, 404),
    "stranger": (200, 404, 404),
    "direktore": (200, 200, 404),
    "kita": (200, 404, 404),
    "coordinator": (200, 200, 200),
    "head": (200, 200, 200),
    "finance": (200, 200, 200),
    "auditor": (200, 200, 200),
}


@pytest.mark.parametrize("name", OPENS)
def test_who_reads_which_report(story, get_report, page, name):
    user = None if name is None else story.people.person(name)
    for scope, status in zip(("call", "project", "programme"), OPENS[name], strict=True):
        report = get_report(scope)
        for address in (
            report.get_absolute_url(),
            reverse("impact:pdf", args=[report.public_id, "lt"]),
            reverse("impact:table", args=[report.public_id, "indicators"]),
            reverse("impact:figures", args=[report.public_id]),
        ):
            answer = page(user, address, status=status)
            if answer.streaming:
                b"".join(answer.streaming_content)


def test_whoever_is_kept_away_from_a_case_reads_nothing_of_it_before_it_is_published(story, get_report, page, staff):
    from tests.grants.calls.makers import exclude

    coordinator = staff("coordinator")
    exclude(coordinator, get_report("project").case_id)
    page(coordinator, get_report("project").get_absolute_url(), status=404)
    page(coordinator, get_report("programme").get_absolute_url(), status=200)


def test_the_list_shows_the_public_only_what_is_published(get_report, page, staff):
    assert len(page(None, reverse("impact:list")).context["page"].object_list) == 1
    assert len(page(staff("coordinator"), reverse("impact:list")).context["page"].object_list) == 3


def test_the_list_asks_as_often_for_one_report_as_for_many(get_report, page, staff):
    page(staff("coordinator"), reverse("impact:list"))
    with CaptureQueriesContext(connection) as many:
        page(staff("coordinator"), reverse("impact:list"))
    first = get_report("call").pk
    ReportPdf.objects.exclude(report=first).delete()
    ImpactReport.objects.exclude(pk=first).delete()
    with CaptureQueriesContext(connection) as few:
        found = page(staff("coordinator"), reverse("impact:list"))
    assert (len(found.context["page"].object_list), len(few)) == (1, len(many))


def test_the_frozen_figures_can_be_checked_against_their_digest(get_report, page):
    report = get_report("call")
    answer = page(None, reverse("impact:figures", args=[report.public_id]))
    assert sha256_of(json.loads(answer.content)) == report.snapshot_sha256


def test_a_table_is_a_csv_with_bare_numbers(get_report, page):
    report = get_report("call")
    answer = page(None, reverse("impact:table", args=[report.public_id, "money"]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1] == "BP-2027-1-0001,15000.00,9000.00,0.00,3000.00,368.20"
    page(None, reverse("impact:table", args=[report.public_id, "nothing"]), status=404)


def test_what_never_was_is_a_404(page, staff):
    unknown = "00000000-0000-4000-8000-000000000000"
    for address in (
        f"/impact/{unknown}/",
        f"/impact/{unknown}/lt.pdf",
        f"/impact/{unknown}/figures.json",
        "/impact/x/",
    ):
        page(None, address, status=404)


def test_a_coordinator_asks_and_is_led_to_the_job(story, project, page, staff):
    page(staff("coordinator"), reverse("impact:new"))
    answer = page(staff("coordinator"), reverse("impact:new"), status=302, number=project.number.lower(), key="once")
    job = Job.objects.latest("pk")
    assert answer["Location"] == job.get_absolute_url()
    again = page(staff("coordinator"), reverse("impact:new"), status=302, number=project.number, key="once")
    assert (again["Location"], Job.objects.filter(kind="impact_report", dedupe="impact-once").count()) == (
        job.get_absolute_url(),
        1,
    )
    report = ImpactReport.objects.get(pk=job.params["report"])
    waiting = page(staff("coordinator"), report.get_absolute_url()).content.decode()
    assert "being gathered" in waiting
    assert job.get_absolute_url() in waiting


@pytest.mark.logs_error("could not be made")
@pytest.mark.parametrize("scope", ["project", "call"])
def test_a_report_whose_assembling_failed_says_so_and_offers_another(project, page, staff, monkeypatch, scope):
    monkeypatch.setattr(making, "CHILD", making.CHILD.with_name("gone.py"))
    subject = project if scope == "project" else project.call
    report, job = request_report(scope=scope, subject=subject, by=staff("coordinator"))
    run_job(job.pk)
    answer = page(staff("coordinator"), report.get_absolute_url())
    assert (answer.context["job"].state, "PDF" in answer.context["job"].error) == ("failed", True)
    assert "This report will not be assembled any more." in answer.content.decode()
    form = page(staff("coordinator"), answer.context["new_url"]).context["form"]
    named = {"number": project.number} if scope == "project" else {"subject": f"call:{subject.pk}"}
    assert {name: form[name].value() for name in named} == named
    told = page(staff("finance"), report.get_absolute_url())
    assert told.context["new_url"] == "", "who may not ask is offered nothing"


def test_a_report_whose_assembling_was_stopped_says_so(project, page, staff):
    report, job = request_report(scope="project", subject=project, by=staff("coordinator"))
    cancel_job(job=job, by=staff("coordinator"))
    answer = page(staff("coordinator"), report.get_absolute_url())
    assert "stopped before it was done" in answer.content.decode()
    assert answer.context["new_url"] == f"/impact/new/?project={project.number}"


WRONG = [
    ({"number": "", "subject": ""}, "not both"),
    ({"number": "BP-2027-1-0001", "subject": "call:{call}"}, "not both"),
    ({"number": "BP-1999-1-0001"}, "no funded project"),
    ({"subject": "call:999999"}, ""),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG)
def test_what_is_wrong_is_said_in_a_sentence(story, world, page, staff, data, sentence):
    given = {name: value.format(call=world.call) for name, value in data.items()} | {"key": "k"}
    text = page(staff("coordinator"), reverse("impact:new"), status=400, **given).content.decode()
    assert sentence in text


@pytest.mark.parametrize("name", ["direktore", "finance", "auditor"])
def test_only_coordinators_and_the_head_ask(story, page, name):
    page(story.people.person(name), reverse("impact:new"), status=403)


def test_the_pages_of_project_and_call_lead_to_their_reports(story, get_report, project, page, staff):
    text = page(staff("coordinator"), project.get_absolute_url()).content.decode()
    assert get_report("project").get_absolute_url() in text
    assert f"{reverse('impact:new')}?project={project.number}" in text
    assert (
        get_report("call").get_absolute_url()
        in page(staff("coordinator"), project.call.get_manage_url()).content.decode()
    )


STEPS = {  # who: what they may do with an assembled, a published, a withdrawn report
    "coordinator": (["publish"], [], []),
    "head": (["publish"], ["withdraw"], ["publish"]),
    "finance": ([], [], []),
    "auditor": ([], [], []),
    "direktore": ([], [], []),
}


@pytest.mark.parametrize("name", STEPS)
def test_who_publishes_and_withdraws(story, get_report, staff, name):
    from workflows.services import options_for

    report, user = get_report("project"), story.people.person(name)
    found = [[o.name for o in options_for([report], user)[report.pk]]]
    perform(report, "publish", by=staff("coordinator"))
    found.append([o.name for o in options_for([report], user)[report.pk]])
    perform(report, "withdraw", by=staff("head"), note="Klaida skaičiuose.")
    found.append([o.name for o in options_for([report], user)[report.pk]])
    assert tuple(found) == STEPS[name]


def test_a_withdrawn_report_is_no_longer_public(story, get_report, page, staff):
    report = get_report("call")
    perform(report, "withdraw", by=staff("head"), note="Klaida skaičiuose.")
    page(None, report.get_absolute_url(), status=404)
    page(staff("coordinator"), report.get_absolute_url())
