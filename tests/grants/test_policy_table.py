"""Every cell of the policy table: predicate, rows that the twin finds, and people who may, all agree with it."""

import pytest

from workflows import policy_table
from workflows.policy import Verb, remembering, verbs

VERBS = verbs()


def situations_of(verb: Verb) -> list[str]:
    return list(policy_table.situations(policy_table.kind_of(verb)))


@pytest.fixture(scope="module")
def people(world_database):
    return {role: world_database.person(role) for role in policy_table.roles()}


def answers(verb, thing, people):
    """Role -> (may, is among the rows found, is among the people found); None where there is no such twin."""
    found = {}
    allowed = None if verb.who_may is None else set(verb.who_may(thing).values_list("pk", flat=True))
    for role, person in people.items():
        with remembering():
            may = bool(verb.can(person, thing))
            seen = None if verb.visible_to is None else verb.visible_to(person).filter(pk=thing.pk).exists()
        found[role] = (may, seen, None if allowed is None else person.pk in allowed)
    return found


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_the_three_twins_say_what_the_table_says(verb, world, people):
    expected = {(cell.situation, cell.role): cell.may for cell in policy_table.cells_of(verb, policy_table.table())}
    kind, wrong = policy_table.kind_of(verb), []
    for situation in situations_of(verb):
        thing = world.thing(kind, situation)
        for role, (may, seen, allowed) in answers(verb, thing, people).items():
            said = expected[situation, role]
            if may != said or seen not in {None, said} or allowed not in {None, said}:
                wrong.append(f"{situation}, {role}: table {said}, can {may}, visible_to {seen}, who_may {allowed}")
    assert wrong == []


def test_the_table_has_an_answer_for_every_verb_role_and_situation():
    assert policy_table.problems(policy_table.table(), verbs()) == []


def test_a_superuser_without_roles_may_what_anybody_signed_in_may():
    for verb in VERBS:
        cells = {(cell.role, cell.situation): cell.may for cell in policy_table.cells_of(verb, policy_table.table())}
        for situation in situations_of(verb):
            assert cells["superuser", situation] <= cells["signed_out", situation], (verb.name, situation)


def test_an_auditor_changes_nothing():
    reading = {"view", "read", "work", "download", "view_attempts", "view_check", "view_ranking", "view_members",
               "read_public", "read_results"}  # fmt: skip
    granted = {
        cell.verb
        for verb in VERBS
        for cell in policy_table.cells_of(verb, policy_table.table())
        if cell.role == "auditor" and cell.may
    }
    assert {name for name in granted if name.partition(".")[2] not in reading} == set()
