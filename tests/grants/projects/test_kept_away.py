"""Nobody acts for the funder in a project of their own organisation: opened and ended by rule, and logged."""

from datetime import timedelta

import pytest

from grants.accounts.models import RoleGrant
from grants.organisations.models import Membership
from grants.projects.kept_away import OWN_ORGANISATION, settle, settle_everybody
from grants.projects.permissions import can_coordinate, can_edit_project, can_view_as_staff, can_view_project
from grants.projects.selectors import projects_visible_to, projects_visible_to_staff
from tests.grants.calls.makers import exclude, organisation, person
from tests.grants.projects.makers import Cast
from workflows import clock
from workflows.models import Exclusion, TransitionRecord
from workflows.policy import people_in
from workflows.services.verify import verify_log

pytestmark = pytest.mark.django_db


def join(user, library, role="submitter"):
    user.__dict__.pop("_roles_in_organisations", None)
    return Membership.objects.create(organisation=library, user=user, role=role)


def leave(membership):
    membership.left_at = clock.now()
    membership.save()


def kept(user):
    """The numbers and codes of the cases that the person is kept away from now."""
    rows = Exclusion.objects.filter(user=user, until=None).order_by("case__number")
    return list(rows.values_list("case__number", "code"))


def steps(project):
    rows = TransitionRecord.objects.filter(case=project.case, subject_label="workflows.exclusion").order_by("seq")
    return [(row.transition, row.before, row.after, row.data["person"]) for row in rows]


def test_a_coordinator_on_the_team_loses_the_funders_side_and_keeps_the_teams():
    cast = Cast()
    join(cast.coordinator, cast.library)
    project = cast.project()
    assert kept(cast.coordinator) == [(project.number, OWN_ORGANISATION)]
    assert not can_view_as_staff(cast.coordinator, project)
    assert not can_coordinate(cast.coordinator, project)
    assert not projects_visible_to_staff(cast.coordinator).exists()
    assert cast.coordinator not in people_in("role:coordinator", project.case_id)
    assert can_view_project(cast.coordinator, project)
    assert can_edit_project(cast.coordinator, project)
    assert list(projects_visible_to(cast.coordinator)) == [project]
    assert steps(project) == [("keep_away", "", OWN_ORGANISATION, cast.coordinator.pk)]


def test_who_acts_only_for_the_applicant_is_not_kept_away():
    cast = Cast()
    cast.project()
    assert kept(cast.team) == []


def test_it_begins_with_a_membership_and_ends_with_it():
    cast = Cast()
    first, second = cast.project(), cast.project()
    elsewhere = organisation(name="Kitur")
    other = cast.project(library=elsewhere, by=_submitter(elsewhere))
    membership = join(cast.coordinator, cast.library)
    assert kept(cast.coordinator) == [(p.number, OWN_ORGANISATION) for p in (first, second)]
    leave(membership)
    assert kept(cast.coordinator) == []
    assert [step[:3] for step in steps(first)] == [
        ("keep_away", "", OWN_ORGANISATION), ("let_back", OWN_ORGANISATION, "ended"),
    ]  # fmt: skip
    assert steps(other) == []
    assert verify_log() == []


def _submitter(library):
    user = person()
    join(user, library)
    return user


def test_it_begins_with_a_role_and_ends_with_the_last_one():
    cast = Cast()
    project = cast.project()
    grants = [RoleGrant.objects.create(user=cast.team, role=role) for role in ("auditor", "finance")]
    for left, grant in zip((1, 0), grants, strict=True):
        assert kept(cast.team) == [(project.number, OWN_ORGANISATION)]
        grant.until = clock.now()
        grant.save()
        assert len(kept(cast.team)) == left


def test_a_role_that_ends_by_its_date_is_noticed_within_the_hour():
    cast = Cast()
    cast.project()
    RoleGrant.objects.create(user=cast.team, role="auditor", until=clock.now() + timedelta(days=1))
    settle_everybody()
    assert len(kept(cast.team)) == 1
    with clock.replaced(clock.now() + timedelta(days=2)):
        settle_everybody()
    assert kept(cast.team) == []


def test_an_exclusion_that_no_rule_gives_is_left_alone():
    cast = Cast()
    project = cast.project()
    exclude(cast.coordinator, project.case_id)
    settle(project, cast.coordinator.pk)
    leave(join(cast.coordinator, cast.library))
    assert kept(cast.coordinator) == [(project.number, "kinship")]
