"""Exactly once, before the deadline, complete; and every press of the button is kept."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from grants.applications.models import BudgetLine, SubmitAttempt, SubmittedVersion
from grants.applications.services import reopen_application, save_section, start_application, submit_application
from grants.questionnaires.canonical import canonical_json
from grants.questionnaires.models import Answer
from tests.grants.applications import filling
from tests.grants.applications.conftest import CLOSES, fill
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale
from workflows.models.log import AppendOnlyError
from workflows.services import perform

pytestmark = pytest.mark.django_db

MICROSECOND = timedelta(microseconds=1)


def attempts(application):
    return list(SubmitAttempt.objects.filter(application=application).order_by("pk").values_list("result", flat=True))


def test_submission_keeps_one_version_with_number_time_and_digest(ready, director, submit, travel):
    version = submit(ready, director)
    assert (ready.project.state, ready.project.submitted_at, ready.version_no) == ("application", travel.at, 1)
    assert (version.number, version.receipt_number, version.received_at) == (1, "BP-2027-1-0001-P1-32", travel.at)
    assert version.submitted_by == director
    assert version.sha256 == hashlib.sha256(canonical_json(version.snapshot).encode()).hexdigest()
    assert attempts(ready) == ["accepted"]


def test_submission_says_who_and_what_in_its_document(ready, director, submit):
    document = submit(ready, director, language="en").snapshot
    answers = {entry["key"]: entry["value"] for entry in document["content"]["answers"]}
    assert (document["schema"], document["number"], document["version"], document["language"]) == (
        "pazanga-application/1", "BP-2027-1-0001", 1, "en",
    )  # fmt: skip
    assert document["received_at"] == "2027-02-24T10:00:00.000000+00:00"
    assert document["organisation"] == {
        "code": "LIB-AZUOLUPIO", "name": "Ąžuolupio viešoji biblioteka", "legal_code": "190123456",
    }  # fmt: skip
    assert document["submitted_by"] == "Vardenė Pavardenė"
    assert answers["title"] == "Skaitmeninės dirbtuvės atokiuose filialuose"
    assert answers["decl_true"] is True
    assert [d["name"] for d in answers["cv"]] == ["cv.pdf"]


def test_submission_makes_typed_budget_lines_that_add_up(ready, director, submit):
    version = submit(ready, director)
    lines = list(BudgetLine.objects.filter(version=version).select_related("category"))
    assert [(x.order, x.category.code, x.description) for x in lines] == [
        (1, "2", "Mokymai"), (2, "3", "Priemonės"), (3, "1", "Vadovo atlygis"),
    ]  # fmt: skip
    assert [(x.unit_cost, x.quantity, x.grant_amount, x.own_amount, x.in_kind_amount) for x in lines] == [
        (Decimal("400.00"), Decimal(30), Decimal("11000.00"), Decimal("1000.00"), Decimal("0.00")),
        (Decimal("1234.50"), Decimal(2), Decimal("2069.00"), Decimal("400.00"), Decimal("0.00")),
        (Decimal("500.00"), Decimal(8), Decimal("3500.00"), Decimal("100.00"), Decimal("400.00")),
    ]
    assert [line.total for line in lines] == [Decimal("12000.00"), Decimal("2469.00"), Decimal("4000.00")]


def test_submission_tells_the_project_title_sum_and_days(ready, director, submit):
    submit(ready, director)
    project = ready.project
    assert project.title == "Skaitmeninės dirbtuvės atokiuose filialuose"
    assert project.requested_amount == Decimal("16569.00")
    assert (project.starts_on.isoformat(), project.ends_on.isoformat()) == ("2027-06-01", "2028-01-31")


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (CLOSES - timedelta(days=3), True),
        (CLOSES - MICROSECOND, True),
        (CLOSES, False),
        (CLOSES + MICROSECOND, False),
        (CLOSES + timedelta(days=3), False),
    ],
)
def test_the_deadline_is_an_instant_to_the_microsecond(moment, in_time, ready, director, submit, travel):
    travel.to(moment)
    if in_time:
        assert submit(ready, director).received_at == moment
        assert ready.project.submitted_at == moment
        assert attempts(ready) == ["accepted"]
    else:
        with pytest.raises(Blocked) as refusal:
            submit(ready, director)
        assert [o.code for o in refusal.value.obstacles] == ["too_late"]
        assert (SubmittedVersion.objects.count(), ready.project.state) == (0, "call")
        assert attempts(ready) == ["late"]


def test_a_clock_that_moves_during_the_step_is_read_once(ready, director, submit):
    """The first reading is before the deadline, every later one after it: the first decides, and is what is stored."""
    from workflows import clock

    readings = iter([CLOSES - MICROSECOND])

    def moving() -> datetime:
        return next(readings, CLOSES + timedelta(hours=1))

    with clock.replaced(moving):
        version = submit(ready, director)
    assert version.received_at == CLOSES - MICROSECOND
    assert version.received_at < ready.project.deadline_at


def test_the_same_press_twice_gives_the_same_receipt(ready, director, submit):
    first, second = submit(ready, director, key="one"), submit(ready, director, key="one")
    assert (first.pk, SubmittedVersion.objects.count()) == (second.pk, 1)
    assert attempts(ready) == ["accepted", "repeated"]


def test_another_press_after_it_was_submitted_is_told_who_was_faster(ready, director, editor, submit):
    submit(ready, director, key="one")
    with pytest.raises(Stale) as refusal:
        submit(ready, director, key="two")
    assert (refusal.value.by, str(refusal.value.label)) == ("Vardenė Pavardenė", "Submit")
    assert (SubmittedVersion.objects.count(), attempts(ready)) == (1, ["accepted", "refused"])


def test_a_key_used_for_another_application_is_refused(ready, director, submit, contest, library):
    submit(ready, director, key="one")
    entry = start_application(
        call=contest, organisation=library, by=director, nomination=contest.nominations.last()
    ).application
    with pytest.raises(Refused, match="already been used"):
        submit(entry, director, key="one")


def test_an_empty_draft_is_refused_with_a_link_to_every_field(draft, director, submit):
    with pytest.raises(Blocked) as refusal:
        submit(draft, director, declarations=None)
    obstacles = refusal.value.obstacles
    assert {o.code for o in obstacles} == {"incomplete"}
    assert (str(obstacles[0].message), obstacles[0].url) == (
        "Name and position of the head: Answer this question.",
        f"/applications/{draft.pk}/sections/applicant/#q-head",
    )
    assert obstacles[-1].url == f"/applications/{draft.pk}/sections/declarations/#q-decl_data"
    [kept] = SubmitAttempt.objects.filter(application=draft)
    assert (kept.result, kept.by, kept.version) == ("incomplete", director, None)
    assert [m["url"] for m in kept.missing] == [o.url for o in obstacles]


def test_declarations_not_ticked_are_refused_and_nothing_is_kept_of_them(ready, director, submit):
    with pytest.raises(Blocked) as refusal:
        submit(ready, director, declarations=filling.typed(decl_true="on", decl_no_debt="", decl_data=""))
    assert [o.url.rpartition("#")[2] for o in refusal.value.obstacles] == ["q-decl_no_debt", "q-decl_data"]
    assert not Answer.objects.filter(sheet=ready.sheet, key="decl_true").exists()
    assert attempts(ready) == ["incomplete"]


def test_a_budget_over_the_limit_is_refused_in_words(ready, director, submit):
    lines = ({"category": "2", "description": "Mokymai", "unit_cost": "50000", "quantity": "1", "grant": "40000",
              "own": "10000"},)  # fmt: skip
    save_section(application=ready, section_id="budget", by=director, data=filling.typed(
        **filling.rows("budget", *lines), sources__valstybes="40000", sources__nuosavos="10000"))  # fmt: skip
    with pytest.raises(Blocked, match="the largest is"):
        submit(ready, director)


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_members_who_may_not_submit_are_refused_but_their_press_is_kept(role, ready, member, submit):
    with pytest.raises(NotPermitted):
        submit(ready, member(role))
    assert attempts(ready) == ["refused"]


def test_a_stranger_is_refused_and_leaves_no_trace(ready, stranger, submit):
    with pytest.raises(NotPermitted):
        submit(ready, stranger)
    assert attempts(ready) == []


def test_a_suspended_call_takes_nothing(ready, call, coordinator, director, submit):
    perform(call, "suspend", by=coordinator, note="Gedimas")
    with pytest.raises(Blocked) as refusal:
        submit(ready, director)
    assert [o.code for o in refusal.value.obstacles] == ["call_suspended"]
    assert attempts(ready) == ["refused"]


def test_reopened_and_submitted_again_there_are_two_versions_and_the_last_counts(ready, director, submit, travel):
    first = submit(ready, director, key="one")
    reopen_application(application=ready, by=director)
    ready.project.refresh_from_db()
    assert (ready.project.state, ready.project.submitted_at) == ("call", None)
    travel.forward(hours=1)
    save_section(application=ready, section_id="essence", by=director, data=filling.typed(title="Kitas pavadinimas"))
    second = submit(ready, director, key="two")
    assert [v.receipt_number for v in ready.versions.all()] == [first.receipt_number, second.receipt_number]
    assert (second.number, second.received_at, ready.project.submitted_at) == (2, travel.at, travel.at)
    assert first.snapshot["content"] != second.snapshot["content"]
    assert SubmittedVersion.objects.get(pk=first.pk).sha256 == first.sha256
    assert BudgetLine.objects.filter(version=second).count() == 3


def test_a_project_cannot_be_submitted_past_its_application(ready, director):
    with pytest.raises(Blocked) as refusal:
        perform(ready.project, "submit", by=director)
    assert [o.code for o in refusal.value.obstacles] == ["no_version"]


def test_versions_and_attempts_are_never_changed(received):
    version, attempt = received.versions.get(), received.attempts.get()
    version.sha256 = "0" * 64
    attempt.result = "late"
    for row in (version, attempt):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()


def test_the_contest_is_submitted_without_a_budget(contest, library, director, submit):
    nomination = contest.nominations.get(category_key="branch", key="creative")
    entry = start_application(call=contest, organisation=library, by=director, nomination=nomination).application
    fill(entry, director, filling.CONTEST)
    version = submit(entry, director, declarations=filling.CONTEST_DECLARATIONS)
    assert version.receipt_number.startswith("NOM-2027-0001-P1-")
    assert (entry.project.title, entry.project.requested_amount) == ("Kūrybiškiausia biblioteka: Paupio filialas", None)
    assert BudgetLine.objects.count() == 0


def test_an_entry_moved_into_a_full_category_is_refused(contest, library, director, submit):
    branch = contest.nominations.filter(category_key="branch").first()
    in_library = contest.nominations.filter(category_key="library").first()
    first = start_application(call=contest, organisation=library, by=director, nomination=branch).application
    second = start_application(call=contest, organisation=library, by=director, nomination=in_library).application
    for entry in (first, second):
        fill(entry, director, filling.CONTEST)
    submit(first, director, key="one", declarations=filling.CONTEST_DECLARATIONS)
    with pytest.raises(Blocked) as refusal:
        submit(second, director, key="two", declarations=filling.CONTEST_DECLARATIONS)
    assert [o.code for o in refusal.value.obstacles] == ["too_many_in_category"]


def test_the_right_to_submit_is_asked_of_the_present_membership(ready, director):
    from grants.organisations.permissions import forget_memberships

    director.memberships.update(left_at=ready.created_at)
    forget_memberships(director)
    with pytest.raises(NotPermitted):
        submit_application(application=ready, by=director, key="one", declarations=filling.DECLARATIONS)
