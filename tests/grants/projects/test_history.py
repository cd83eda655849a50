"""Who reads what in the history of a project, and that its evaluators are named to nobody who may not know them."""

import pytest
from django.test import Client

from grants.projects.history import history
from tests.grants.confidences import met_in, not_for, plant
from tests.grants.walking import text_of
from tests.scenarios.secrets import SECRETS
from workflows.models import Message
from workflows.services.messages import queue_message

KNOW_EVALUATORS = {"coordinator", "head", "auditor"}
READERS = (
    "coordinator", "head", "auditor", "finance", "viewer", "editor", "submitter", "admin", "evaluator_cleared",
    "excluded_evaluator_on_team",
)  # fmt: skip


def told(world, role):
    """Every line of the history of the project under way, as this reader is told it."""
    entries = history(world.projects["implementation"], world.person(role))
    return [f"{entry.title} | {entry.who} | {entry.note}" for entry in entries]


@pytest.mark.parametrize("role", READERS)
def test_evaluators_are_named_only_to_whom_selection_is_open(role, world):
    lines = "\n".join(told(world, role))
    assert (SECRETS["evaluator"] in lines) == (role in KNOW_EVALUATORS | {"evaluator_cleared"})  # their own name
    assert ("Review:" in lines, "Conflict" in lines) == ((role in KNOW_EVALUATORS,) * 2)


def test_finance_reads_who_took_the_steps_of_money_and_why(world):
    lines = told(world, "finance")
    payment = [line for line in lines if line.startswith("Payment: ")]
    assert payment == [line for line in told(world, "head") if line.startswith("Payment: ")]
    assert any(str(world.people["finance"]) in line for line in payment)


def test_steps_of_reviews_wait_until_ones_own_review_is_submitted(world):
    story, project, head = world.story, world.projects["proposed"], world.person("head")
    assert any(entry.title.startswith("Review:") for entry in history(project, head))
    pool = story.evaluator(world.call, "head")
    assert pool.user_id == head.pk
    review = story.assigned(world.projects["selection"], pool)
    own = history(world.projects["selection"], world.person("head"))
    assert review.state == "assigned"
    assert [entry.title for entry in own if entry.title.startswith("Review:")] == []


def test_a_message_of_the_history_is_for_whom_messages_are(world):
    project = world.projects["implementation"]
    queue_message(
        "review_assigned", world.people["evaluator_cleared"], case=project.case,
        context={"project": project, "path": "/", "due": None}, dedupe="one-more",
    )  # fmt: skip
    name = str(world.people["evaluator_cleared"])
    to = {role: sum(name in line for line in told(world, role) if line.startswith("Message")) for role in READERS}
    assert {role for role, lines in to.items() if lines} == {"coordinator", "head", "auditor", "evaluator_cleared"}
    assert Message.objects.filter(dedupe="one-more").count() == 1


def told_at(world, role):
    """Address -> answer of every page, table and file that tells of steps of the project under way."""
    plant(world)
    project, client = world.projects["implementation"], Client()
    client.force_login(world.person(role))
    name = SECRETS["evaluator"].split()[-1]
    things = [("payment", "requested"), ("progressreport", "accepted"), ("agreement", "signed")]
    wheres = [
        project.get_absolute_url(), f"{project.get_absolute_url()}?history=all", world.call.get_manage_url(),
        *(world.thing(*thing).get_absolute_url() for thing in things), f"/pictures/timeline/{project.pk}.csv",
        "/money/ledger.csv", "/payments/", "/deadlines/", "/my-work/", "/", "/account/profile/",
        *(f"/messages/?show={kind}" for kind in ("left", "leaving", "stuck")),
        *(f"/search/?q={word}&kind={kind}" for word in (name, project.number) for kind in ("projects", "messages")),
    ]  # fmt: skip
    return {where: text_of(client.get(where)) for where in wheres}


@pytest.mark.parametrize("role", ["finance", "viewer", "admin", "evaluator_cleared", "excluded_coordinator", "nobody"])
def test_no_page_table_or_file_that_tells_of_steps_names_who_may_not_be_known(role, world):
    assert {where: not_for(role, text) for where, text in told_at(world, role).items() if not_for(role, text)} == {}


def test_the_same_places_name_evaluators_to_whom_selection_is_open(world):
    naming = [where for where, text in told_at(world, "auditor").items() if "evaluator" in met_in(text)]
    project = world.projects["implementation"].get_absolute_url()
    assert f"{project}?history=all" in naming
