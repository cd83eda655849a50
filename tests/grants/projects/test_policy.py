"""Who sees which project: the predicate and its twin agree, for every person and every state."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from grants.projects.models import Project
from grants.projects.permissions import CAN_VIEW, can_view_as_staff, can_view_project
from grants.projects.selectors import VISIBLE_TO, projects_of_team, projects_visible_to, projects_visible_to_staff
from grants.projects.states import ProjectState
from tests.grants.calls.makers import exclude, member, organisation, person
from tests.grants.projects.makers import Cast
from workflows import registry

pytestmark = pytest.mark.django_db
S = ProjectState
EVERY = set(S.values)
AWARDED = {"implementation", "evaluation", "terminated", "closed"}

SEES = {
    "stranger": set(),
    "other member": set(),
    "viewer": EVERY,
    "editor": EVERY,
    "coordinator": EVERY,
    "head": EVERY,
    "auditor": EVERY - {"call", "abandoned"},
    "finance": AWARDED,
    "administrator": set(),
    "nobody": set(),
}


@pytest.fixture
def one_of_each(monkeypatch):
    """One project in every state, each of a library of its own but with the same team as a second membership."""
    cast = Cast()
    made = {}
    for state in S.values:
        library = organisation(name=f"Biblioteka {state}")
        made[state] = cast.project(state, library, member(library))
    return cast, made


def see(name, made):
    if name == "nobody":
        return AnonymousUser()
    if name in {"viewer", "editor"}:
        user = person()
        for project in made.values():
            project.organisation.memberships.create(user=user, role=name)
        return user
    if name == "other member":
        return member(organisation(name="Kita"), "admin")
    return person("" if name == "stranger" else name)


@pytest.mark.parametrize("name", SEES)
def test_the_predicate_and_its_twin_agree_and_say_what_the_table_says(name, one_of_each):
    _cast, made = one_of_each
    user = see(name, made)
    visible = set(projects_visible_to(user).values_list("state", flat=True))
    assert visible == SEES[name]
    assert {project.state for project in made.values() if can_view_project(user, project)} == SEES[name]
    staff = set(projects_visible_to_staff(user).values_list("state", flat=True)) if name != "nobody" else set()
    assert staff == {project.state for project in made.values() if can_view_as_staff(user, project)}


@pytest.mark.parametrize("name", ["coordinator", "head", "auditor", "finance"])
def test_who_is_kept_away_sees_all_but_that_one(name, one_of_each):
    _cast, made = one_of_each
    user = see(name, made)
    exclude(user, made["implementation"].case_id)
    assert set(projects_visible_to(user).values_list("state", flat=True)) == SEES[name] - {"implementation"}
    assert not can_view_project(user, made["implementation"])


def test_who_is_kept_away_still_sees_the_project_of_their_own_library(one_of_each):
    _cast, made = one_of_each
    user = see("editor", made)
    exclude(user, made["implementation"].case_id)
    assert made["implementation"] in projects_visible_to(user)
    assert can_view_project(user, made["implementation"])


def test_a_later_room_widens_the_sight_until_the_person_is_kept_away(one_of_each, monkeypatch):
    _cast, made = one_of_each
    user, chosen = person(), made["selection"]
    places = {CAN_VIEW: [(1, lambda u, p: u.pk == user.pk and p.pk == chosen.pk)],
              VISIBLE_TO: [(1, lambda u: Q(pk=chosen.pk) if u.pk == user.pk else Q(pk__in=[]))]}  # fmt: skip
    monkeypatch.setattr(registry, "_contributions", places)
    assert (list(projects_visible_to(user)), can_view_project(user, chosen)) == ([chosen], True)
    assert not can_view_as_staff(user, chosen)
    exclude(user, chosen.case_id)
    assert (list(projects_visible_to(user)), can_view_project(user, chosen)) == ([], False)


def test_a_former_member_sees_nothing(one_of_each):
    from workflows import clock

    _cast, made = one_of_each
    user = see("editor", made)
    user.memberships.update(left_at=clock.now())
    user = type(user).objects.get(pk=user.pk)
    assert (projects_visible_to(user).count(), projects_of_team(user).count()) == (0, 0)


def test_a_closed_account_sees_nothing(one_of_each):
    user = person("head", is_active=False)
    assert projects_visible_to(user).count() == 0
    assert Project.objects.count() == len(S.values)
