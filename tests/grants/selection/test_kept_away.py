"""An evaluator who comes to act for the applicant; a conflict and an own organisation at once; nobody reads others'
points before giving their own."""

import pytest

from grants.accounts.services import grant_role
from grants.organisations.services.members import add_member, end_membership
from grants.selection.models import ConflictDeclaration
from grants.selection.permissions import can_view_review
from grants.selection.ranking import ranking_of
from grants.selection.selectors import reviews_visible_to
from grants.selection.services import add_evaluator, declare_own_conflict, save_review, submit_review
from grants.selection.services.reviews import Content
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import Exclusion
from workflows.policy import people_in
from workflows.selectors import my_work
from workflows.services import perform

pytestmark = pytest.mark.django_db


def codes(user, project):
    rows = Exclusion.objects.filter(user=user, case=project.case, until=None)
    return list(rows.values_list("code", flat=True))


def test_an_evaluator_who_joins_the_applicant_gives_the_review_up_for_good(selection):
    person = selection.evaluators[0].user
    review = selection.written(selection.assigned(selection.project, selection.evaluators[0]))
    membership = add_member(organisation=selection.project.organisation, user=person, role="viewer", by=SYSTEM)
    review.refresh_from_db()
    conflict = ConflictDeclaration.objects.get(user=person)
    assert (review.state, conflict.state) == ("recused", "blocked")
    with pytest.raises(NotPermitted):
        save_review(review=review, content=Content(), by=person)
    assert codes(person, selection.project) == ["own_organisation"]
    end_membership(membership=membership, by=person)
    assert codes(person, selection.project) == ["conflict_blocked"]
    with pytest.raises(Blocked) as refused:
        perform(conflict, "allow", by=selection.people.known["coordinator"], note="Jau nebedirba")
    assert {one.code for one in refused.value.obstacles} == {"not_answered", "conflict_found"}


def test_a_place_in_a_pool_keeps_a_member_away_from_projects_of_their_own(selection):
    add_evaluator(call=selection.call_, user=selection.director, by=selection.people.known["coordinator"])
    assert codes(selection.director, selection.project) == ["own_organisation"]
    assert codes(selection.director, selection.other) == []


def test_a_declared_conflict_outlives_the_membership(selection):
    head = selection.people.known["head"]
    declare_own_conflict(project=selection.project, by=head, ground="Sesuo")
    membership = add_member(organisation=selection.project.organisation, user=head, role="viewer", by=SYSTEM)
    end_membership(membership=membership, by=head)
    assert codes(head, selection.project) == ["conflict_conflict"]
    assert head not in people_in("role:head", selection.project.case_id)


def test_a_coordinator_who_evaluates_reads_nobody_elses_points_before_giving_their_own(selection, client, in_english):
    first, second = selection.evaluators
    grant_role(person=second.user, role="auditor", by=SYSTEM)
    [theirs] = selection.reviewed(selection.project, [first])
    review = selection.assigned(selection.project, second)
    url = f"/calls/{selection.call_.pk}/ranking/"
    client.force_login(second.user)

    def seen():
        table = ranking_of(selection.call_, second.user)
        rows = [row.project.pk for row in table.rows]
        panels = client.get(selection.project.get_absolute_url()).context["panels"]
        [panel] = [panel.values for panel in panels if "selection" in panel.template]
        return (
            can_view_review(second.user, theirs), theirs in reviews_visible_to(second.user),
            selection.project.pk in rows, table.unwritten, panel.get("staff", False),
        )  # fmt: skip

    assert seen() == (False, False, False, 1, False)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert "1 application is left out here" in client.get(url).content.decode()
    submit_review(review=selection.written(review), by=second.user)
    assert seen() == (True, True, True, 0, True)


def work(user):
    return sorted(my_work(user).values_list("kind", flat=True))


def test_the_work_list_shows_only_what_can_be_done_now(selection, client, in_english):
    person = selection.evaluators[0].user
    selection.assigned(selection.project, selection.evaluators[0], answer=None)
    assert work(person) == ["conflict_answer"]
    client.force_login(person)
    question = ConflictDeclaration.objects.get()
    page = client.get("/reviews/").content.decode()
    assert question.get_absolute_url() in page
    assert "first answer about a conflict of interest" in page
    perform(question, "declare_possible", by=person, ground="Pažįstu direktorę")
    assert work(person) == []
    assert "waits until a coordinator settles your doubt" in client.get("/reviews/").content.decode()
    perform(question, "allow", by=selection.people.known["coordinator"], note="Seniai")
    assert work(person) == ["review_write"]
    review = selection.project.reviews.get()
    save_review(review=review, content=Content(), by=person)
    block = selection.people.known["coordinator"]
    perform(question, "block", by=block, note="Giminystė")
    assert work(person) == []


def test_a_review_is_not_saved_once_a_doubt_has_come_up(selection):
    review = selection.written(selection.assigned(selection.project, selection.evaluators[0]))
    conflict = ConflictDeclaration.objects.get()
    perform(conflict, "declare_possible", by=review.user, ground="Paaiškėjo ryšys")
    with pytest.raises(Blocked) as refused:
        save_review(review=review, content=Content(), by=review.user)
    assert [one.code for one in refused.value.obstacles] == ["conflict_open"]
    assert work(review.user) == []


def test_a_question_is_asked_again_with_an_assignment_made_again(selection):
    coordinator = selection.people.known["coordinator"]
    evaluator = selection.evaluators[0]
    review = selection.assigned(selection.project, evaluator, answer=None)
    perform(review, "cancel", by=coordinator, note="Per daug darbų")
    again = selection.assigned(selection.project, evaluator, answer=None)
    assert (again.pk, again.state) == (review.pk, "assigned")
    assert work(evaluator.user) == ["conflict_answer"]
