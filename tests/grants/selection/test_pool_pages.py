"""The pages of the pool: adding, assigning, taking out; and the jury of a contest."""

import pytest

from grants.selection.completeness import Wanted, doubts_about
from grants.selection.models import ConflictDeclaration, Evaluator, Review
from grants.selection.ranking import ranking_of
from grants.selection.services import draft_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(selection, client):
    client.force_login(selection.people.known["coordinator"])
    return client


def url_of(selection):
    return f"/calls/{selection.call_.pk}/evaluators/"


def test_an_evaluator_is_added_by_the_address_of_their_account(selection, coordinator):
    person = selection.people.person("nauja", "Nauja Naujaitė")
    url = url_of(selection)
    for wrong in ({"email": "nera@nera.test"}, {"email": "x"}, {"email": person.email, "capacity": "-1"}):
        assert coordinator.post(url, wrong).status_code == 400
    assert coordinator.post(url, {"email": person.email.upper(), "capacity": "3", "is_chair": "on"}).status_code == 302
    added = Evaluator.objects.get(user=person)
    assert (added.capacity, added.is_chair, added.left_at) == (3, True, None)


def test_ticked_pairs_are_assigned_and_what_cannot_be_is_said(selection, coordinator):
    first, second = selection.evaluators
    pairs = [f"{selection.project.pk}-{first.pk}", f"{selection.other.pk}-{second.pk}"]
    address = f"{url_of(selection)}assign/"
    for _twice in range(2):
        assert coordinator.post(address, {"pair": pairs}).status_code == 302
    assert Review.objects.count() == ConflictDeclaration.objects.count() == 2
    for strange in ("999-1", "x", "", f"{selection.project.pk}-999"):
        assert coordinator.post(address, {"pair": strange}).status_code == 404
    own = selection.evaluator(selection.call_, "coordinator")
    page = coordinator.post(address, {"pair": f"{selection.project.pk}-{own.pk}"}, follow=True)
    assert (page.status_code, Review.objects.count()) == (200, 2)


def test_somebody_is_taken_out_with_a_reason(selection, coordinator):
    person = selection.evaluators[0]
    url = f"{url_of(selection)}{person.pk}/remove/"
    assert coordinator.get(url).status_code == 200
    assert coordinator.post(url, {"note": ""}).status_code == 400
    assert coordinator.post(url, {"note": "Nebegali"}).status_code == 302
    assert coordinator.get(url).status_code == 404
    assert [one.pk for one in coordinator.get(url_of(selection)).context["gone"]] == [person.pk]


def jury(selection, may_be_empty):
    """The call's rules as those of a contest: the whole jury reviews, one winner for each nomination."""
    call = selection.call_
    call.rules["scoring"]["evaluators_per_application"] = "all_jury"
    call.rules["decision"] |= {"winners_per_nomination": 1, "may_leave_nomination_unawarded": may_be_empty}
    call.save(update_fields=["rules"])
    return call


def test_the_whole_jury_is_wanted_but_for_those_with_a_conflict(selection):
    call = jury(selection, may_be_empty=True)
    selection.assigned(selection.project, selection.evaluators[0], "conflict", "Giminė")
    wanted = Wanted(call)
    assert (wanted.of(selection.project), wanted.of(selection.other)) == (1, 2)


@pytest.mark.parametrize(("may_be_empty", "codes"), [(True, []), (False, ["no_winner"])])
def test_a_nomination_without_a_winner_is_doubted_only_where_rules_forbid_it(selection, may_be_empty, codes):
    for project, share in ((selection.project, "0.8"), (selection.other, "0.6")):
        selection.reviewed(project, selection.evaluators, share=share)
    call, by = jury(selection, may_be_empty), selection.people.known["coordinator"]
    drafts = [
        draft_decision(project=project, outcome="decline", by=by) for project in (selection.project, selection.other)
    ]
    rows = {row.project.pk: row for row in ranking_of(call, by).rows}
    assert [doubt.code for doubt in doubts_about(call, drafts, rows)] == codes
    for draft in drafts:
        draft.outcome = "recognise"
    assert [doubt.code for doubt in doubts_about(call, drafts, rows)] == ["too_many_winners"]
