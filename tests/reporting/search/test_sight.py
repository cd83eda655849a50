"""A search finds only what the same reader may open; a condition never tells what its reader may not know."""

import pytest

from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to
from reporting.search.flags import FLAGS, condition
from reporting.search.language import parse
from reporting.search.selectors import projects_found
from tests.fixtures.world import undone
from workflows import clock

pytestmark = pytest.mark.django_db
ROLES = (
    "nobody", "other_admin", "viewer", "admin", "evaluator_cleared", "evaluator_asked", "evaluator_unassigned",
    "coordinator", "excluded_coordinator", "finance", "head", "auditor", "administrator", "superuser",
)  # fmt: skip


@pytest.fixture(scope="module")
def open_world(world_database):
    with undone():
        yield world_database


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_search_of_projects_is_all_that_the_reader_may_see(open_world, role):
    person = open_world.person(role)
    assert set(projects_found(parse(""), person, clock.now())) == set(projects_visible_to(person))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("key", sorted(FLAGS))
def test_a_condition_finds_nothing_that_the_reader_may_not_see(open_world, role, key):
    person = open_world.person(role)
    asked = set(projects_found(parse(f"is:{key}"), person, clock.now()))
    assert asked <= set(projects_visible_to(person))


@pytest.mark.parametrize("role", ["viewer", "admin", "evaluator_cleared", "nobody"])
@pytest.mark.parametrize("key", [flag.key for flag in FLAGS.values() if flag.sight == "staff"])
def test_what_only_the_funder_knows_is_true_for_nobody_else(open_world, role, key):
    person = open_world.person(role)
    assert not Project.objects.filter(condition(FLAGS[key], person, clock.now())).exists()
