"""A draft is begun once, filled in by several people without a lost word, and seen by its team alone."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from grants.applications.models import Application
from grants.applications.selectors import progress_of
from grants.applications.services import (
    abandon_application,
    reopen_application,
    save_section,
    start_application,
    withdraw_application,
)
from grants.projects.services import abandon_project
from grants.questionnaires.models import Document
from grants.questionnaires.submitted import UnknownSection, token_name
from tests.grants.applications import filling
from tests.grants.applications.conftest import CLOSES
from workflows import clock
from workflows.exceptions import Blocked, IllegalMove, NotPermitted, Stale
from workflows.models import Message, WorkItem
from workflows.services import options_for, perform

pytestmark = pytest.mark.django_db


def codes(refusal):
    return [obstacle.code for obstacle in refusal.value.obstacles]


def statuses(application):
    return {line.id: str(line.status) for line in progress_of(application).sections}


def test_a_draft_begins_with_what_is_known_already(draft, library, director):
    answers = dict(draft.sheet.answers.values_list("key", "raw"))
    assert answers["applicant_library"] == "LIB-AZUOLUPIO"
    assert answers["legal_code"] == "190123456"
    assert answers["manager"] == {"name": "Vardenė Pavardenė", "email": director.email, "phone": ""}
    assert (draft.project.number, draft.project.case.kind) == ("BP-2027-1-0001", "project")
    assert (draft.created_by, draft.saved_by, draft.sections_done, draft.sections_total) == (director, None, 0, 10)


def test_a_second_start_gives_the_draft_that_is_there(call, library, director, editor):
    first = start_application(call=call, organisation=library, by=director)
    second = start_application(call=call, organisation=library, by=editor)
    assert (first.is_new, second.is_new) == (True, False)
    assert (second.application, Application.objects.count()) == (first.application, 1)


@pytest.mark.parametrize("role", ["viewer", None])
def test_who_may_not_write_for_the_library_cannot_begin(role, call, library, member, stranger):
    with pytest.raises(NotPermitted):
        start_application(call=call, organisation=library, by=member(role) if role else stranger)


@pytest.mark.parametrize(
    ("moment", "can"),
    [
        (datetime(2027, 1, 11, 6, 59, 59, 999999, tzinfo=UTC), False),
        (datetime(2027, 1, 11, 7, tzinfo=UTC), True),
        (datetime(2027, 3, 5, 14, 59, 59, 999999, tzinfo=UTC), True),
        (CLOSES, False),
    ],
)
def test_an_application_begins_while_the_call_takes_them(moment, can, call, library, director, travel):
    travel.to(moment)
    if can:
        assert start_application(call=call, organisation=library, by=director).is_new
    else:
        with pytest.raises(Blocked) as refusal:
            start_application(call=call, organisation=library, by=director)
        assert codes(refusal) == ["call_closed"]


def test_a_kind_of_organisation_that_the_call_does_not_name_cannot_begin(call, library, director):
    library.kind = "partner"
    library.save()
    with pytest.raises(Blocked) as refusal:
        start_application(call=call, organisation=library, by=director)
    assert codes(refusal) == ["wrong_kind"]


def test_one_application_per_applicant_where_the_call_says_so(received, call, library, director):
    with pytest.raises(Blocked) as refusal:
        start_application(call=call, organisation=library, by=director)
    assert codes(refusal) == ["too_many"]


@pytest.mark.parametrize("way", ["abandoned", "withdrawn"])
def test_what_was_given_up_or_taken_back_does_not_count(way, ready, call, library, director, submit):
    if way == "abandoned":
        abandon_application(application=ready, by=director)
    else:
        submit(ready, director)
        withdraw_application(application=ready, by=director)
    started = start_application(call=call, organisation=library, by=director)
    assert (started.is_new, started.application.project.number) == (True, "BP-2027-1-0002")


def test_in_the_contest_one_entry_per_category_and_two_in_all(contest, library, director):
    branch, second_branch = contest.nominations.filter(category_key="branch")[:2]
    in_library = contest.nominations.filter(category_key="library").first()
    first = start_application(call=contest, organisation=library, by=director, nomination=branch).application
    same = start_application(call=contest, organisation=library, by=director, nomination=second_branch)
    other = start_application(call=contest, organisation=library, by=director, nomination=in_library)
    assert (same.application, same.is_new, other.is_new) == (first, False, True)
    assert first.sheet.answers.get(key="category").value == {"category": "branch", "nomination": branch.key}


def test_a_contest_wants_a_nomination(contest, library, director):
    with pytest.raises(Blocked) as refusal:
        start_application(call=contest, organisation=library, by=director)
    assert codes(refusal) == ["no_nomination"]


def test_saving_keeps_everything_also_what_is_wrong(draft, editor):
    result = save_section(
        application=draft, section_id="applicant", by=editor, data=filling.typed(legal_code="12345678")
    )
    assert [line.message for line in result.problems if not line.missing] == ["Enter 9 digits; there are 8."]
    assert draft.sheet.answers.get(key="legal_code").raw == "12345678"
    draft.refresh_from_db()
    assert draft.saved_by == editor


def test_saving_tells_the_project_its_title_and_nomination(draft, director, contest, library):
    save_section(application=draft, section_id="essence", by=director, data=filling.typed(title="  Dirbtuvės "))
    draft.project.refresh_from_db()
    assert (draft.project.title, draft.project.case.title) == ("Dirbtuvės", "Dirbtuvės")
    entry = start_application(
        call=contest, organisation=library, by=director, nomination=contest.nominations.first()
    ).application
    save_section(
        application=entry, section_id="entry", by=director, data=filling.typed(category="branch/creative")
    )  # fmt: skip
    entry.project.refresh_from_db()
    assert entry.project.nomination.key == "creative"


def test_the_task_list_says_how_far_each_section_is(draft, director):
    before = statuses(draft)
    assert (before["applicant"], before["essence"], before["declarations"]) == (
        "in_progress", "not_started", "cannot_start",
    )  # fmt: skip
    save_section(application=draft, section_id="essence", by=director, data=filling.PROJECT_CALL["essence"])
    save_section(application=draft, section_id="need", by=director, data=filling.typed(target_count="daug"))
    after = statuses(draft)
    assert (after["essence"], after["need"], after["risks"]) == ("completed", "mistakes", "not_started")


def test_declarations_can_be_confirmed_once_the_rest_is_complete(ready):
    assert statuses(ready)["declarations"] == "not_started"
    assert (ready.problems, len(progress_of(ready).declarations)) == (0, 3)


def test_two_people_in_one_section_lose_no_word(draft, director, editor):
    def tokens():
        from grants.questionnaires.forms import build_section_form

        form = build_section_form(draft.sheet, "need")
        return {token_name(q.key): q.token for q in form.questions if q.kind != "files"}

    seen = tokens()
    first, second = (
        filling.typed(need="Direktorės tekstas"),
        filling.typed(need="Redaktoriaus tekstas", target_count="5"),
    )
    for data in (first, second):
        data.update(seen)
    save_section(application=draft, section_id="need", by=director, data=first)
    result = save_section(application=draft, section_id="need", by=editor, data=second)
    conflict = result.conflicts["need"]
    assert (conflict.mine, conflict.theirs_text, conflict.saved_by) == (
        "Redaktoriaus tekstas", "Direktorės tekstas", "Vardenė Pavardenė",
    )  # fmt: skip
    assert draft.sheet.answers.get(key="need").raw == "Direktorės tekstas"
    assert draft.sheet.answers.get(key="target_count").raw == "5"


def test_a_bad_file_loses_neither_text_nor_other_files(draft, director):
    bad = filling.pdf("blogas.pdf")
    bad.file.seek(0)
    bad.file.truncate(20)
    uploads = filling.files(cv=filling.pdf("cv.pdf"), owner_consent=bad)
    result = save_section(application=draft, section_id="annexes", by=director, data=QueryDict(), files=uploads)
    assert list(result.refused) == ["owner_consent"]
    assert result.problems[0].target.startswith("q-owner_consent")
    assert list(Document.objects.values_list("key", flat=True)) == ["cv"]


def test_an_unknown_section_is_refused(draft, director):
    with pytest.raises(UnknownSection):
        save_section(application=draft, section_id="secrets", by=director, data=QueryDict())


@pytest.mark.parametrize("role", ["viewer", None])
def test_who_may_not_write_saves_nothing(role, draft, member, stranger):
    with pytest.raises(NotPermitted):
        save_section(
            application=draft, section_id="need", by=member(role) if role else stranger, data=filling.typed(need="x")
        )
    assert not draft.sheet.answers.filter(key="need").exists()


@pytest.mark.parametrize("with_file", [False, True])
def test_a_tab_left_open_saves_nothing_after_submission(with_file, received, editor):
    uploads = filling.files(cv=filling.pdf("kitas.pdf", b"x")) if with_file else None
    with pytest.raises(Stale):
        save_section(application=received, section_id="annexes" if with_file else "need", by=editor,
                     data=filling.typed(need="Vėlyvas tekstas"), files=uploads)  # fmt: skip
    assert received.sheet.answers.get(key="need").raw == "Apklausta 214 gyventojų."
    assert Document.objects.filter(key="cv").count() == 1


def test_nothing_is_written_in_an_application_that_has_gone_on(received, director):
    withdraw_application(application=received, by=director)
    received.project.refresh_from_db()
    with pytest.raises(NotPermitted):
        save_section(application=received, section_id="need", by=director, data=filling.typed(need="x"))


def test_reopening_is_possible_until_the_deadline_and_told_to_the_team(received, director, editor, travel):
    travel.to(datetime(2027, 3, 5, 14, 59, 59, tzinfo=UTC))
    reopen_application(application=received, by=director, key="k")
    reopen_application(application=received, by=director, key="k")
    letters = Message.objects.filter(kind="application_reopened")
    assert {letter.to_user for letter in letters} == {director, editor}
    assert "BP-2027-1-0001-P1-32" in letters[0].text


def test_reopening_after_the_deadline_is_refused(received, director, travel):
    travel.to(CLOSES)
    with pytest.raises(Blocked) as refusal:
        reopen_application(application=received, by=director)
    assert codes(refusal) == ["too_late"]


def test_withdrawing_tells_the_team_the_reason(received, director):
    withdraw_application(application=received, by=director, reason="Nebėra partnerio")
    [letter] = Message.objects.filter(kind="application_withdrawn")
    assert "Nebėra partnerio" in letter.text
    assert received.project.__class__.objects.get(pk=received.pk).state == "withdrawn"


@pytest.mark.parametrize("service", [withdraw_application, reopen_application])
def test_an_editor_takes_nothing_back(service, received, editor):
    with pytest.raises(NotPermitted):
        service(application=received, by=editor)


def test_a_draft_is_not_withdrawn_but_given_up(draft, director):
    with pytest.raises(IllegalMove):
        withdraw_application(application=draft, by=director)
    abandon_application(application=draft, by=director, reason="Persigalvojome")
    draft.project.refresh_from_db()
    assert draft.project.state == "abandoned"


def test_the_page_of_the_project_names_what_keeps_a_draft_from_being_submitted(draft, ready, director):
    [submit] = [o for o in options_for([draft.project], director)[draft.pk] if o.name == "submit"]
    assert (submit.allowed, submit.url) == (True, f"/applications/{draft.pk}/submit/")
    Application.objects.filter(pk=draft.pk).update(problems=3)
    [submit] = [o for o in options_for([draft.project], director)[draft.pk] if o.name == "submit"]
    assert [(o.code, o.url) for o in submit.obstacles] == [("incomplete", f"/applications/{draft.pk}/check/")]


def test_a_project_without_an_application_is_not_submitted(call, library, director):
    from grants.projects.services import create_project

    project = create_project(call=call, organisation=library, by=director)
    with pytest.raises(Blocked) as refusal:
        perform(project, "submit", by=director)
    assert "no_application" in codes(refusal)
    abandon_project(project=project, by=director)


def test_the_clock_of_a_save_is_the_one_clock(draft, director, travel):
    save_section(application=draft, section_id="need", by=director, data=filling.typed(need="x"))
    draft.refresh_from_db()
    assert draft.saved_at == travel.at == clock.now()


def test_the_work_of_a_draft_leads_straight_into_it(draft, director, client):
    assert WorkItem.objects.get(case=draft.project.case, closed_at=None).url == draft.get_absolute_url()
    client.force_login(director)
    page = client.get(draft.project.get_absolute_url()).content.decode()
    assert f'<a class="btn" href="{draft.get_absolute_url()}">' in page


def test_the_check_of_a_received_application_leads_to_its_checklist(received):
    project = received.project
    item = WorkItem.objects.get(case=project.case, kind="project_check", closed_at=None)
    assert item.url == f"/applications/{project.pk}/eligibility/"
