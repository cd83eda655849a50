"""“Who sees what” for everybody, and for administrators why one person sees one case, or not."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from workflows.models import TransitionRecord
from workflows.services.verify import verify_log

POLICY, WHY = reverse("workflows:policy"), reverse("workflows:policy_why")
ENGLISH = {"accept-language": "en"}


def test_docs_are_as_the_table(capsys):
    call_command("draw_policy", "--check")
    assert "as the policy table" in capsys.readouterr().out


def test_the_drawing_that_differs_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr("workflows.management.commands.draw_policy.path", lambda: tmp_path / "policy.md")
    with pytest.raises(CommandError, match="draw_policy"):
        call_command("draw_policy", "--check")
    call_command("draw_policy")
    call_command("draw_policy", "--check")


@pytest.mark.parametrize(
    ("role", "reads_all", "asks"),
    [("signed_out", False, False), ("viewer", False, False), ("auditor", True, False), ("administrator", True, True)],
)
def test_everybody_reads_the_rules_and_staff_all_of_them(
    world, client, role, reads_all, asks, django_assert_max_num_queries
):
    if role != "signed_out":
        client.force_login(reader(world, role))
    with django_assert_max_num_queries(12):
        page = client.get(POLICY, headers=ENGLISH).content.decode()
    assert "Who sees what" in page
    assert ("Totals that people kept away" in page) == reads_all
    assert (WHY in page) == asks


def reader(world, role):
    """The person of a role, who reads English."""
    person = world.person(role)
    person.language = "en"
    person.save(update_fields=["language"])
    return person


def ask(client, person, number, verb="project.view"):
    return client.post(WHY, {"email": person, "number": number, "verb": verb}, headers=ENGLISH)


def test_an_administrator_reads_why_and_the_question_is_remembered(world, client):
    client.force_login(reader(world, "administrator"))
    case = world.thing("project", "implementation").case
    excluded, member = world.person("excluded_coordinator"), world.person("viewer")
    page = ask(client, excluded.email.upper(), case.number.lower()).content.decode()
    assert "Kept away from the case" in page
    assert "conflict_conflict" in page
    assert '<td data-col="May">no</td>' in page
    page = ask(client, member.email, case.number).content.decode()
    assert "viewer" in page
    assert '<td data-col="May">yes</td>' in page
    logged = TransitionRecord.objects.filter(case=case, transition="ask_why").order_by("seq")
    assert [(record.actor_id, record.data) for record in logged] == [
        (world.person("administrator").pk, {"person": excluded.pk, "verb": "project.view"}),
        (world.person("administrator").pk, {"person": member.pk, "verb": "project.view"}),
    ]
    assert verify_log() == []


def test_what_is_not_known_is_said_and_nothing_is_logged(world, client):
    client.force_login(reader(world, "administrator"))
    before = TransitionRecord.objects.count()
    answer = ask(client, "niekada@pazanga.test", "nėra")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Nobody has an account with this address." in page
    assert "There is no case of this number." in page
    assert TransitionRecord.objects.count() == before


def test_a_case_without_such_things_says_so(world, client):
    client.force_login(reader(world, "administrator"))
    number = world.thing("project", "draft").case.number
    page = ask(client, world.person("viewer").email, number, "payment.view").content.decode()
    assert "The case has nothing of this kind." in page


@pytest.mark.parametrize("role", ["coordinator", "auditor", "viewer", "superuser"])
def test_only_administrators_ask_why(world, client, role):
    client.force_login(reader(world, role))
    assert [client.get(WHY).status_code, client.post(WHY).status_code] == [403, 403]
