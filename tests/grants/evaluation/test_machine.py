"""The machine of a measurement: role × state × step by hand, then each condition and consequence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from grants.evaluation.models import Measurement
from grants.evaluation.services import (
    Content,
    approve_measurement,
    return_measurement,
    save_measurement,
    submit_measurement,
)
from grants.organisations.states import MemberRole
from grants.projects.models import Project
from grants.projects.services import close_project, hold_project, terminate_project
from tests.grants.calls.makers import exclude
from workflows.exceptions import Blocked, IllegalMove, NotPermitted, Refused, Stale
from workflows.models import Deadline, Message, WorkItem
from workflows.services import options_for, perform

STATES = ("draft", "submitted", "returned", "approved", "superseded")
STEPS = {  # step: (from, to, by the grantee's people, by the funder's)
    "submit": ({"draft", "returned"}, "submitted", {"director", "editor"}, set()),
    "return_measurement": ({"submitted"}, "returned", set(), {"coordinator", "head"}),
    "approve": ({"submitted"}, "approved", set(), {"coordinator", "head"}),
}
PEOPLE = ("director", "editor", "viewer", "coordinator", "head", "finance", "auditor", "admin", "stranger")


def in_state(story, one, state):
    """A measurement of events in a state."""
    indicator = one.indicator("events")
    if state == "draft":
        content = story.content(indicator, "0.5")
        return save_measurement(indicator=indicator, wave="endline", by=one.director, content=content)
    found = story.handed_in(indicator, one.director, share="0.5")
    if state == "returned":
        return_measurement(measurement=found, by=one.coordinator, note="Kuris registras?")
    if state in {"approved", "superseded"}:
        approve_measurement(measurement=found, by=one.coordinator)
    if state == "superseded":
        again = story.handed_in(indicator, one.director, share="1", reason="Suskaičiuota dukart.")
        approve_measurement(measurement=again, by=one.coordinator)
        found.refresh_from_db()
    return found


@pytest.fixture
def people(story, one):
    library = one.library
    return {
        "director": one.director,
        "editor": story.people.member(library, "redaktore", "Redaktorė", MemberRole.EDITOR),
        "viewer": story.people.member(library, "ziurove", "Žiūrovė", MemberRole.VIEWER),
        "stranger": story.people.person("nepazistama", "Nepažįstama"),
    } | {key: story.people.staff(key) for key in ("coordinator", "head", "finance", "auditor", "admin")}


@pytest.mark.parametrize("state", STATES)
def test_who_may_take_which_step_in_each_state(story, one, people, state):
    found = in_state(story, one, state)
    expected = {
        name: sorted(
            step for step, (sources, _to, *who) in STEPS.items() if state in sources and name in set().union(*who)
        )
        for name in PEOPLE
    }
    offered = {name: sorted(option.name for option in options_for([found], people[name])[found.pk]) for name in PEOPLE}
    assert offered == expected


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_goes_only_where_the_table_says(story, one, state, step):
    sources, target, team, _staff = STEPS[step]
    found = in_state(story, one, state)
    by = one.director if team else one.coordinator
    if state in sources:
        perform(found, step, by=by, note="Priežastis.")
        assert found.state == target
    else:
        with pytest.raises((IllegalMove, Stale)):
            perform(found, step, by=by, note="Priežastis.")


def test_nobody_approves_their_own_value(story, one):
    found = in_state(story, one, "submitted")
    story.people.member(one.library, "coordinator", "Rasa Rasaitė", MemberRole.EDITOR)
    with pytest.raises(NotPermitted):
        approve_measurement(measurement=found, by=one.coordinator)


def test_the_database_refuses_an_approval_by_whoever_handed_it_in(story, one):
    found = in_state(story, one, "approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=found.pk).update(approved_by=found.submitted_by)


def test_a_coordinator_who_is_kept_away_neither_sees_nor_judges(story, one):
    from grants.evaluation.selectors import indicators_visible_to, measurements_visible_to

    found = in_state(story, one, "submitted")
    exclude(one.coordinator, one.project.case_id)
    assert not measurements_visible_to(one.coordinator).exists()
    assert not indicators_visible_to(one.coordinator).exists()
    with pytest.raises(NotPermitted):
        approve_measurement(measurement=found, by=one.coordinator)


INCOMPLETE = [
    ({"value": None}, "value_missing"),
    ({"measured_on": None}, "day_missing"),
    ({"evidence": "  "}, "evidence_missing"),
]


@pytest.mark.parametrize(("changed", "code"), INCOMPLETE)
def test_what_is_incomplete_is_saved_but_not_submitted(story, one, changed, code):
    indicator = one.indicator("events")
    saved = save_measurement(
        indicator=indicator, wave="endline", by=one.director, content=story.content(indicator, "1", **changed)
    )
    with pytest.raises(Blocked) as refusal:
        submit_measurement(measurement=saved, by=one.director)
    assert [obstacle.code for obstacle in refusal.value.obstacles] == [code]


def test_a_day_that_lies_ahead_is_refused(story, one):
    indicator = one.indicator("events")
    content = story.content(indicator, "1", measured_on=story.today + timedelta(days=1))
    saved = save_measurement(indicator=indicator, wave="endline", by=one.director, content=content)
    with pytest.raises(Blocked, match="cannot lie ahead"):
        submit_measurement(measurement=saved, by=one.director)


def test_zero_is_a_value(story, one):
    found = story.handed_in(one.indicator("events"), one.director, share="0")
    assert (found.state, found.result) == ("submitted", Decimal(0))


@pytest.mark.parametrize(
    "wrong", [{"numerator": Decimal(5), "denominator": Decimal(9)}, {"mean": Decimal(4), "sample_size": 3}]
)
def test_the_database_refuses_a_value_of_another_shape(one, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        save_measurement(indicator=one.indicator("events"), wave="endline", by=one.director, content=Content(**wrong))


def test_the_database_refuses_more_than_the_whole(one):
    content = Content(numerator=Decimal(10), denominator=Decimal(9))
    with pytest.raises(IntegrityError), transaction.atomic():
        save_measurement(indicator=one.indicator("satisfaction"), wave="endline", by=one.director, content=content)


def test_the_database_refuses_a_second_value_under_way(story, one):
    found = in_state(story, one, "draft")
    other = Measurement(case=found.case, indicator=found.indicator, wave="endline", measure="unit", number=9, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_only_the_grantee_measures(story, one):
    with pytest.raises(NotPermitted):
        save_measurement(indicator=one.indicator("events"), wave="endline", by=one.coordinator, content=Content())


def test_what_is_handed_in_is_not_written_any_more(story, one):
    found = in_state(story, one, "submitted")
    with pytest.raises(Stale):
        save_measurement(indicator=found.indicator, wave="endline", by=one.director, content=Content(value=Decimal(1)))


def test_nothing_is_measured_while_the_project_is_on_hold(story, one):
    hold_project(project=one.project, by=one.coordinator, note="Remontas.")
    with pytest.raises(Blocked, match="on hold"):
        save_measurement(indicator=one.indicator("events"), wave="endline", by=one.director, content=Content())


def test_nothing_is_measured_after_the_end(story, one):
    terminate_project(project=one.project, by=one.head, note="Biblioteka uždaryta.")
    with pytest.raises(Blocked):
        save_measurement(indicator=one.indicator("events"), wave="endline", by=one.director, content=Content())


def test_a_correction_needs_a_reason_and_replaces_what_was_approved_in_one_step(story, one):
    first = in_state(story, one, "approved")
    indicator = first.indicator
    with pytest.raises(Refused, match="corrected"):
        save_measurement(indicator=indicator, wave="endline", by=one.director, content=Content(value=Decimal(1)))
    second = story.handed_in(indicator, one.director, share="1", reason="Vienas renginys buvo pamirštas.")
    first.refresh_from_db()
    assert (first.state, second.corrects, second.number) == ("approved", first, 2)
    with pytest.raises(Blocked, match="already approved"):
        perform(second, "approve", by=one.coordinator)
    approve_measurement(measurement=second, by=one.coordinator)
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "approved")


def test_a_return_tells_whoever_handed_it_in(story, one):
    found = in_state(story, one, "returned")
    told = Message.objects.filter(kind="measurement_returned", to_user=one.director)
    assert told.count() == 1
    story.handed_in(found.indicator, one.director, share="0.5")
    found.refresh_from_db()
    assert (found.state, found.number) == ("submitted", 1)


def waiting(kind):
    return sorted(WorkItem.objects.filter(kind=kind, closed_at=None).values_list("audience", flat=True))


@pytest.fixture
def measured_next(story, one):
    """The project stands in evaluation."""
    story.at("2027-06-01 10:00").signed(one.project, story.today, story.today + timedelta(days=60))
    story.later(days=61)
    for report in one.project.reports.order_by("due_on"):
        story.accepted_report(report, one.director, share="0.1")
    story.reached(one.project, one.director)
    for payment in one.project.payments.order_by("ordinal"):
        story.paid(payment)
    one.project = story.completed(Project.objects.get(pk=one.project.pk))
    return one


def test_the_grantee_and_the_coordinator_each_have_one_thing_to_do(story, measured_next):
    one, org = measured_next, f"org:{measured_next.library.pk}"
    assert (waiting("indicators_measure"), waiting("measurements_judge")) == ([org], [])
    deadline = Deadline.objects.get(kind="endline", case=one.project.case)
    assert (deadline.due_at - story.travel.at).days in {29, 30}
    handed_in = [story.handed_in(indicator, one.director) for indicator in one.project.indicators.order_by("order")]
    assert (waiting("indicators_measure"), waiting("measurements_judge")) == ([], ["role:coordinator"])
    deadline.refresh_from_db()
    assert deadline.outcome == "met"
    for measurement in handed_in:
        approve_measurement(measurement=measurement, by=one.coordinator)
    assert (waiting("indicators_measure"), waiting("measurements_judge")) == ([], [])


def test_a_returned_value_opens_the_grantees_work_again(story, measured_next):
    one = measured_next
    handed_in = [story.handed_in(indicator, one.director) for indicator in one.project.indicators.order_by("order")]
    return_measurement(measurement=handed_in[0], by=one.coordinator, note="Kuris registras?")
    org = f"org:{one.library.pk}"
    assert (waiting("indicators_measure"), waiting("measurement_mend")) == ([org], [org])


def test_a_project_is_closed_only_with_every_required_endline(story, measured_next):
    one = measured_next
    with pytest.raises(Blocked) as refusal:
        close_project(project=one.project, by=one.coordinator)
    assert [o.code for o in refusal.value.obstacles] == ["endline_missing"]
    assert refusal.value.obstacles[0].url == f"/projects/{one.project.pk}/indicators/"
    story.measured(one.project, one.director)
    assert story.closed_after_measuring(one.project).state == "closed"
