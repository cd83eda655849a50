"""A word of its own in every confidential field, and a walk over all pages as each role: who meets it."""

import re
from contextlib import contextmanager

import pytest
from django.test import Client

from grants.accounts.models import User
from grants.organisations.models import Organisation
from grants.projects.models import Project
from grants.selection.models import ConflictDeclaration, Decision, Evaluator, Review, Score
from tests.grants.confidences import SEES, TEAM, met_in, not_for, plant
from tests.grants.walking import things, walk
from tests.scenarios.demo import shifted
from tests.scenarios.secrets import SECRETS
from workflows.models import Message

MOST = 150
"""So many answers of each short walk: every address of the product and what the first pages lead to."""

FEW = 60
"""So many where every address of the product has been read already (test_url_matrix.py): every thing there is."""

FAR = {"declined"}
"""What lies further than a short walk goes."""

ROLES = (
    "signed_out", "nobody", "other_admin", "viewer", "admin", "excluded_evaluator_on_team", "evaluator_cleared",
    "evaluator_second", "evaluator_asked", "evaluator_unassigned", "coordinator", "excluded_coordinator", "finance",
    "head", "auditor", "administrator",
)  # fmt: skip
SHORT_ROLES = ("signed_out", "other_admin", "excluded_coordinator", "finance")
"""Those who must not meet the most; tests/proofs/test_leaks.py walks as all of them, to the last page."""
TOLD_APART = ("other_admin", "viewer", "evaluator_asked")
"""Who must not be able to tell two worlds apart that differ in secrets alone."""


@pytest.fixture
def planted(world):
    """The world with every secret in it, and a second evaluator at work."""
    selection = world.projects["selection"]
    second = Evaluator.objects.get(call=world.call, user=world.people["evaluator_unassigned"])
    world.story.assigned(selection, second)
    world.people["evaluator_second"] = second.user
    plant(world)
    yield world
    del world.people["evaluator_second"]


def sightings(world, role, most, begin=None):
    """What a role meets that is not for it, and the answers it read."""
    answers = walk(world, role, most, begin)
    return [f"{key} on {where}" for where, text in answers.items() for key in sorted(not_for(role, text))], answers


def test_an_evaluator_meets_nothing_of_another(planted):
    assert sightings(planted, "evaluator_second", MOST)[0] == []


@pytest.mark.parametrize("role", SHORT_ROLES)
def test_nobody_meets_what_is_not_for_them(role, planted):
    assert sightings(planted, role, FEW, things(planted))[0] == []


def test_the_walk_meets_what_is_there_to_be_met(planted):
    met = {key for text in walk(planted, "coordinator", 2 * MOST).values() for key in met_in(text)}
    assert {key for key, roles in SEES.items() if "coordinator" in roles} - met <= FAR


def test_letters_tell_nobody_what_is_not_for_them(world):
    roles = {person.pk: role for role, person in world.people.items() if person.pk}
    told_to = []
    for message in Message.objects.exclude(to_user=None):
        role = roles.get(message.to_user_id, "nobody")
        told = met_in(f"{message.subject}\n{message.text}\n{message.html}")
        told_to += [f"{key} in {message.kind} to {role}" for key in told if role not in SEES[key]]
    assert told_to == []


def without_novelty(text):
    """An answer without nonces, tokens and times of the answer itself."""
    text = re.sub(r"nonce-[^'\"; ]+|nonce=\"[^\"]+\"|name=\"(csrfmiddlewaretoken|key)\" value=\"[^\"]+\"", "", text)
    return re.sub(r"'(Set-Cookie|Content-Length|Expires)': '[^']*'", "", text)


def other_secrets():
    """The same world with other secrets: names, grounds, scores, comments, amounts and reasons of what is not
    announced."""
    User.objects.filter(full_name=SECRETS["evaluator"]).update(full_name="Kitas Vardas Ilgesnis")
    ConflictDeclaration.objects.exclude(ground="").update(ground="kas kita, gerokai ilgesnio")
    Review.objects.update(comment_panel="kitas žodis", comment_applicant="dar kitas žodis", recommended_amount=10)
    Score.objects.update(comment="kitas žodis")
    for score in Score.objects.select_related("criterion"):
        Score.objects.filter(pk=score.pk).update(value=score.criterion.scale[0]["value"])
    Decision.objects.exclude(state="announced").update(reason="kita priežastis")
    Decision.objects.filter(state__in=["draft", "proposed"], amount__isnull=False).update(amount=5000)


def told_to(world, role):
    """What of the secrets is this person's own to read: the grounds that they gave themselves, and, once a decision on
    their organisation's project is announced, its points and what the evaluators wrote to them."""
    declared = ConflictDeclaration.objects.filter(user=world.people.get(role)).values_list("pk", "ground")
    announced = Review.objects.none()
    if role in TEAM:
        announced = Review.objects.filter(project__in=Decision.objects.filter(state="announced").values("project"))
    comments = announced.values_list("pk", "comment_applicant")
    points = Score.objects.filter(review__in=announced).values_list("pk", "value")
    return [(ConflictDeclaration, "ground", dict(declared)), (Review, "comment_applicant", dict(comments)),
            (Score, "value", dict(points))]  # fmt: skip


def differing(world, role, most):
    """Addresses whose answer changes for a role when nothing but the secrets of others does."""
    own = told_to(world, role)
    before = walk(world, role, most)
    other_secrets()
    for model, field, values in own:
        for pk, value in values.items():
            model.objects.filter(pk=pk).update(**{field: value})
    after = walk(world, role, most)
    assert sorted(before) == sorted(after)
    return [where for where in before if without_novelty(before[where]) != without_novelty(after[where])]


REFLECTION = "Atspindys veidrodyje"
OPEN_TO_ALL = re.compile(r"^/($|calls/|applications/($|start/)|funded/how/|health)")
"""Where a second call is announced to everybody, or to everybody who may apply."""

FUNDED = ("implementation", "evaluation", "closed")


@contextmanager
def second_competition(world):
    """Yields a function that lets another library apply, with the same figures, to another call; the clock stands
    where that call is open, before and after."""
    story, now = world.story, world.story.travel.at
    document = shifted(story.document("bp-2027-1"), 364)
    document["call"]["code"] = "BP-2028-1"
    story.at(f"{document['call']['dates']['opens'][:10]} 12:00")

    def told():
        call = story.call(document=document)
        library, by = Organisation.objects.get(code="PVZ-99"), world.person("other_admin")
        return story.submit(story.draft(call, library, by, grant=10_000, title=REFLECTION), by)

    yield told
    story.travel.to(now)


def touched_by_the_other(world, role, most):
    """Addresses that change for somebody, or name what is not theirs, when the other side of the mirror comes to be."""
    with second_competition(world) as told:
        before = walk(world, role, most)
        told()
        after = walk(world, role, most)
    found = [where for where in before if where in after and not OPEN_TO_ALL.match(where)]  # a short walk ends earlier
    assert REFLECTION not in "".join(after.values())
    return [where for where in found if without_novelty(before[where]) != without_novelty(after[where])]


def test_a_second_competition_changes_nothing_for_the_first(world):
    assert touched_by_the_other(world, "viewer", MOST) == []


def test_the_second_competition_meets_nothing_of_the_first(world):
    with second_competition(world) as told:
        own = told()
        answers = walk(world, "other_admin", MOST)
    titles = [project.title for project in world.projects.values()]
    assert REFLECTION in answers["/projects/mine/"]
    told = {(title, where) for where, text in answers.items() for title in titles if title in text}
    # What is published of the first is for everybody: its impact, and which of its projects were funded.
    assert {(title, where) for title, where in told if not where.startswith(("/impact/", "/funded/"))} == set()
    funded = set(Project.objects.filter(state__in=FUNDED).values_list("title", flat=True))
    assert {title for title, where in told if where.startswith("/funded/")} <= funded
    assert own.number in answers["/projects/mine/"]


@pytest.mark.parametrize("role", ["other_admin", "excluded_coordinator"])
def test_no_parameter_of_a_list_finds_what_is_hidden(role, world):
    client, hidden = Client(), Project.objects.get(pk=world.projects["selection"].pk)
    client.force_login(world.person(role))
    for where in ("/projects/", f"/applications/calls/{world.call.pk}/", "/payments/", "/messages/", "/money/ledger/"):
        for name in ("text", "state", "ordering"):
            for value in (hidden.number, hidden.title, "-decision__amount"):
                page = client.get(where, {name: value}).getvalue().decode()
                assert f'href="{hidden.get_absolute_url()}' not in page, (where, name)
