"""The checklist: advice is never a verdict, every point is answered, and a refusal names its rule."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.accounts.permissions import has_role
from grants.applications.models import EligibilityAnswer, IneligibilityFinding
from grants.applications.selectors import checklist_items
from grants.applications.services import accept_application, find_ineligible, record_checks
from grants.organisations.permissions import is_member_of
from grants.projects.services import reinstate_project
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.models import Message, TransitionRecord
from workflows.services import options_for, perform

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def all_yes(project):
    return {item["id"]: ("yes", "") for item in checklist_items(project.call)}


def state_of(project):
    return type(project).objects.get(pk=project.pk).state


@pytest.fixture
def project(received):
    return received.project


@pytest.fixture
def address(project):
    return reverse("applications:eligibility", args=[project.pk])


@pytest.fixture
def officer(client, coordinator):
    coordinator.language = "en"
    coordinator.save(update_fields=["language"])
    client.force_login(coordinator)
    return client


def test_answers_are_kept_with_who_when_and_about_which_version(project, coordinator, travel):
    assert record_checks(project=project, answers={"in_time": ("yes", "")}, by=coordinator) == ["in_time"]
    answer = EligibilityAnswer.objects.get()
    assert (answer.answer, answer.by, answer.at, answer.version_no) == ("yes", coordinator, travel.at, 1)


def test_an_answer_given_again_changes_nothing(project, coordinator, head, travel):
    record_checks(project=project, answers={"in_time": ("yes", "")}, by=coordinator)
    first = travel.at
    travel.forward(hours=1)
    assert record_checks(project=project, answers={"in_time": ("yes", "")}, by=head) == []
    assert EligibilityAnswer.objects.get().at == first
    assert record_checks(project=project, answers={"in_time": ("no", "Vėlavo")}, by=head) == ["in_time"]
    assert EligibilityAnswer.objects.get().by == head


@pytest.mark.parametrize(
    ("item", "answer", "note", "sentence"),
    [
        ("beauty", "yes", "", "no such point"),
        ("in_time", "maybe", "", "Answer yes, no or to be clarified."),
        ("in_time", "no", "", "Say in a note why"),
        ("in_time", "clarify", "", "Say in a note why"),
        ("in_time", "no", "x" * 1001, "Shorten the note"),
    ],
)
def test_an_odd_answer_is_refused_whole(item, answer, note, sentence, project, coordinator):
    with pytest.raises(Refused, match=sentence):
        record_checks(project=project, answers={"applicant_ok": ("yes", ""), item: (answer, note)}, by=coordinator)
    assert not EligibilityAnswer.objects.exists()


def test_only_who_leads_the_call_answers_and_only_while_it_is_checked(project, coordinator, director, auditor):
    for person in (director, auditor):
        with pytest.raises(NotPermitted):
            record_checks(project=project, answers=all_yes(project), by=person)
    record_checks(project=project, answers=all_yes(project), by=coordinator)
    accept_application(project=project, by=coordinator)
    with pytest.raises(NotPermitted):
        record_checks(project=project, answers={"in_time": ("no", "x")}, by=coordinator)


@pytest.mark.parametrize(
    ("change", "accepted"),
    [
        ({}, True),
        ({"signed": None}, False),
        ({"signed": ("no", "Pasirašė kitas")}, False),
        ({"signed": ("clarify", "Kas pasirašė?")}, False),
    ],
)
def test_an_application_goes_on_only_when_every_point_is_answered_yes(change, accepted, project, coordinator):
    answers = {key: value for key, value in (all_yes(project) | change).items() if value}
    record_checks(project=project, answers=answers, by=coordinator)
    if accepted:
        accept_application(project=project, by=coordinator)
        assert state_of(project) == "selection"
    else:
        with pytest.raises(Blocked) as refusal:
            accept_application(project=project, by=coordinator)
        assert [(o.code, o.url) for o in refusal.value.obstacles] == [
            ("check_unfinished", f"/applications/{project.pk}/eligibility/")
        ]
        assert state_of(project) == "application"


def test_advice_alone_refuses_nobody(project, coordinator):
    """Everything the rules say no to can still be answered yes by a person."""
    project.call.rules["call"]["eligibility"]["partners_min"] = 5
    project.call.save(update_fields=["rules"])
    record_checks(project=project, answers=all_yes(project), by=coordinator)
    accept_application(project=project, by=coordinator)
    assert state_of(project) == "selection"


def test_a_finding_of_ineligibility_cites_its_rule_and_tells_the_team(project, coordinator, director):
    record = find_ineligible(
        project=project, by=coordinator, item="partner_ok", reason=" Partneris atsisakė. ", key="k"
    )
    assert state_of(project) == "ineligible"
    finding = IneligibilityFinding.objects.get()
    assert (finding.item_key, finding.reason, finding.by, finding.record) == (
        "partner_ok", "Partneris atsisakė.", coordinator, record,
    )  # fmt: skip
    [letter] = Message.objects.filter(kind="application_ineligible")
    assert letter.to_user == director
    assert "Yra bent vienas partneris" in letter.text
    assert "Partneris atsisakė." in letter.text


def test_the_same_press_twice_makes_one_finding_and_one_letter(project, coordinator):
    for _press in range(2):
        find_ineligible(project=project, by=coordinator, item="partner_ok", reason="Partneris atsisakė.", key="k")
    assert IneligibilityFinding.objects.count() == 1
    assert Message.objects.filter(kind="application_ineligible").count() == 1


@pytest.mark.parametrize(("item", "reason"), [("beauty", "x"), ("", "x"), ("partner_ok", "  ")])
def test_a_finding_without_rule_or_reason_is_refused(item, reason, project, coordinator):
    with pytest.raises(Refused):
        find_ineligible(project=project, by=coordinator, item=item, reason=reason)
    assert state_of(project) == "application"


def test_nobody_finds_ineligible_past_the_rule(project, coordinator):
    with pytest.raises(Blocked) as refusal:
        perform(project, "find_ineligible", by=coordinator, note="Be taisyklės")
    assert [o.code for o in refusal.value.obstacles] == ["no_finding"]


def test_reinstated_it_stands_where_it_was_and_both_steps_are_in_the_log(project, coordinator, head):
    find_ineligible(project=project, by=coordinator, item="partner_ok", reason="Partneris atsisakė.")
    project.refresh_from_db()
    reinstate_project(project=project, by=head, note="Klaida")
    assert state_of(project) == "application"
    steps = TransitionRecord.objects.filter(subject_label="grants.project").order_by("seq")
    assert list(steps.values_list("transition", flat=True))[-2:] == ["find_ineligible", "reinstate"]
    assert list(EligibilityAnswer.objects.all()) == []


def test_the_page_shows_advice_beside_every_point(officer, address):
    page = text(officer.get(address)).replace("\xa0", " ")
    assert page.count("The rules say yes.") == 8
    assert page.count("The rules cannot tell.") == 1
    assert "Received 24 February 2027" in page
    assert "1 partner is named; at least 1 needed." in page


def form_of(project, **changes):
    data = {f"{item['id']}-answer": "yes" for item in checklist_items(project.call)} | {"key": "k"}
    return data | changes


def test_answers_are_saved_from_the_page_piece_by_piece(officer, address, project):
    answer = officer.post(
        address, {"in_time-answer": "yes", "partner_ok-answer": "clarify", "partner_ok-note": "Kuris?"}
    )
    assert answer.status_code == 302
    assert set(EligibilityAnswer.objects.values_list("item_key", "answer", "note")) == {
        ("in_time", "yes", ""), ("partner_ok", "clarify", "Kuris?"),
    }  # fmt: skip
    assert "Kuris?" in text(officer.get(address))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"in_time-answer": "no"}, "Say why, so that the applicant can be told."),
        ({"in_time-note": "Pastaba"}, "Choose an answer to go with the note."),
        ({"in_time-answer": "hm"}, "Select a valid choice."),
        ({"in_time-answer": "no", "in_time-note": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_a_mistake_on_the_page_is_a_sentence_and_stays(given, sentence, officer, address):
    answer = officer.post(address, {"applicant_ok-answer": "yes", **given})
    assert (answer.status_code, sentence in text(answer)) == (400, True)
    assert all(value in text(answer) for value in given.values() if value != "hm")
    assert not EligibilityAnswer.objects.exists()


def test_saving_and_accepting_in_one_press(officer, address, project):
    answer = officer.post(address, form_of(project, accept="1"), follow=True)
    assert "The application goes on to assessment." in text(answer)
    assert state_of(project) == "selection"


def test_accepting_too_early_says_what_is_open_and_keeps_the_answers(officer, address, project):
    data = form_of(project, accept="1")
    del data["signed-answer"]
    answer = officer.post(address, data)
    assert answer.status_code == 400
    assert "Not every point of the eligibility check is answered with yes." in text(answer)
    assert (EligibilityAnswer.objects.count(), state_of(project)) == (8, "application")


def test_the_page_of_ineligibility_begins_with_the_point_answered_no(officer, project, coordinator):
    record_checks(project=project, answers={"period": ("no", "Per ilgas")}, by=coordinator)
    address = reverse("applications:ineligible", args=[project.pk])
    page = text(officer.get(address))
    assert "Per ilgas" in page
    answer = officer.post(address, {"item": "period", "reason": "Per ilgas", "key": "k"}, follow=True)
    assert "gets a letter with the rule and the reason" in text(answer)
    assert state_of(project) == "ineligible"
    assert officer.get(address).status_code == 403


@pytest.mark.parametrize(
    "data", [{}, {"item": "beauty", "reason": "x"}, {"item": "period"}, {"item": "period", "reason": "x" * 2001}]
)
def test_bad_input_on_the_page_of_ineligibility(data, officer, project):
    answer = officer.post(reverse("applications:ineligible", args=[project.pk]), data)
    assert (answer.status_code, state_of(project)) == (400, "application")


def test_the_auditor_reads_the_answers_and_changes_none(client, auditor, address, project, coordinator):
    record_checks(project=project, answers={"period": ("no", "Per ilgas")}, by=coordinator)
    client.force_login(auditor)
    assert "Per ilgas" in text(client.get(address))
    assert client.post(address, {"in_time-answer": "yes"}).status_code == 403


def test_options_of_many_projects_cost_the_same_as_of_one(project, coordinator, make_received):
    def queries(projects):
        with CaptureQueriesContext(connection) as found:
            options_for(projects, coordinator)
        return len(found)

    assert has_role(coordinator, "coordinator")  # roles and memberships are asked once per person
    assert not is_member_of(coordinator, project.organisation_id)
    projects = [project, *(application.project for application in make_received(2))]
    fresh = list(type(project).objects.select_related("call", "organisation", "nomination", "case"))
    assert len(fresh) == len(projects) == 3
    assert queries(fresh[:1]) == queries(fresh)
