"""Drafts and proposals in several hands: nobody overwrites or confirms unseen; letters are previewed."""

from decimal import Decimal

import pytest

from grants.selection.completeness import doubts_about
from grants.selection.models import Decision
from grants.selection.ranking import ranking_of
from grants.selection.services import (
    announce_decisions,
    confirm_decisions,
    draft_decision,
    letters_of,
    propose_decisions,
)
from workflows.exceptions import Blocked
from workflows.models import Message, WorkItem
from workflows.services import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(selection, client):
    """The page of decisions, opened by the coordinator: what it would send, unchanged."""
    client.force_login(selection.people.known["coordinator"])
    url = f"/calls/{selection.call_.pk}/decisions/"

    def typed():
        forms = client.get(url).context["form_list"]
        return {form[name].html_name: form[name].value() or "" for form in forms for name in form.fields}

    return url, typed


def test_a_draft_changed_meanwhile_is_not_overwritten_unseen(selection, client, page, in_english):
    url, typed = page
    key = f"p{selection.project.pk}"
    sent = typed() | {f"{key}-outcome": "award", f"{key}-amount": "10000", f"{key}-reason": "Mano ilgas tekstas"}
    draft_decision(project=selection.project, outcome="decline", by=selection.people.known["head"], reason="Vadovės")
    answer = client.post(url, sent | {"save": "1"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Mano ilgas tekstas" in text
    assert "somebody has changed this draft" in text
    assert list(Decision.objects.values_list("reason", flat=True)) == ["Vadovės"], "none of the rows is saved"
    again = {form[n].html_name: form[n].value() or "" for form in answer.context["form_list"] for n in form.fields}
    assert client.post(url, again | {"save": "1"}).status_code == 302
    assert Decision.objects.get(project=selection.project).reason == "Mano ilgas tekstas"


def test_the_same_words_twice_are_no_clash(selection, client, page):
    url, typed = page
    sent = typed()
    assert [client.post(url, sent | {"save": "1"}).status_code for _ in range(2)] == [302, 302]
    assert client.post(url, typed() | {"propose": "1", "despite": "1"}).status_code == 302
    assert client.post(url, sent | {"propose": "1", "despite": "1"}).status_code == 302, "nothing waits any more"
    assert set(Decision.objects.values_list("state", flat=True)) == {"proposed"}


def test_a_proposal_renewed_since_the_page_was_opened_is_not_confirmed_unseen(selection, client, in_english):
    coordinator, head = (selection.people.known[key] for key in ("coordinator", "head"))
    decision = draft_decision(project=selection.project, outcome="award", by=coordinator, amount=Decimal(9000))
    propose_decisions(call=selection.call_, by=coordinator, decisions=[decision], despite_doubts=True)
    client.force_login(head)
    url = f"/calls/{selection.call_.pk}/decisions/"
    seen = client.get(url).context["confirmable"]
    perform(decision, "take_back", by=coordinator, note="Per maža suma")
    draft_decision(project=selection.project, outcome="award", by=coordinator, amount=Decimal(9500))
    propose_decisions(call=selection.call_, by=coordinator, decisions=[decision], despite_doubts=True)
    answer = client.post(f"{url}confirm/", {"seen": seen}, follow=True)
    assert "has changed since you opened the page" in answer.content.decode()
    assert Decision.objects.get().state == "proposed"
    assert client.post(f"{url}confirm/", {"seen": answer.context["confirmable"]}).status_code == 302
    assert Decision.objects.get().state == "confirmed"


def test_awards_beyond_the_money_are_doubted_with_those_on_their_way(selection):
    coordinator = selection.people.known["coordinator"]
    selection.call_.fundings.update(amount=Decimal(20000))
    first = draft_decision(project=selection.project, outcome="award", by=coordinator, amount=Decimal(12000))
    propose_decisions(call=selection.call_, by=coordinator, decisions=[first], despite_doubts=True)
    second = draft_decision(project=selection.other, outcome="award", by=coordinator, amount=Decimal("8000.01"))

    def found():
        budget = ranking_of(selection.call_, coordinator).budget
        return [doubt.code for doubt in doubts_about(selection.call_, [second], {}, budget)]

    assert found() == ["beyond_the_money"]
    second.amount = Decimal(8000)
    assert found() == []


@pytest.mark.parametrize("outcome", ["award", "reserve", "decline"])
def test_a_letter_is_previewed_word_for_word_and_by_the_head_too(selection, client, outcome):
    selection.reviewed(selection.project, selection.evaluators)
    decision = selection.decided(selection.project, outcome, 9000 if outcome == "award" else None, "Pagal balus.")
    [letter] = letters_of(decision)
    head = selection.people.known["head"]
    client.force_login(head)
    url = f"/calls/{selection.call_.pk}/decisions/{decision.pk}/letters/"
    assert letter.words.subject in client.get(url).content.decode()
    announce_decisions(call=selection.call_, by=selection.people.known["coordinator"], decisions=[decision])
    sent = Message.objects.get(kind=f"decision_{outcome}")
    assert (sent.to_user, sent.language) == (letter.person, letter.language)
    assert (sent.subject, sent.text, sent.html) == letter.words
    assert client.get(sent.get_absolute_url()).status_code == 200
    assert client.get(url).status_code == 404, "what has left is read among the messages"


def test_letters_are_for_those_who_see_the_decision(selection, client):
    decision = selection.decided(selection.project, "decline")
    url = f"/calls/{selection.call_.pk}/decisions/{decision.pk}/letters/"
    for who, status in (("auditor", 200), ("finance", 403), ("direktore", 404), ("evaluator1", 404)):
        client.force_login(selection.people.person(who))
        assert client.get(url).status_code == status, who


def test_a_letter_that_nobody_can_get_is_said(selection, client, in_english):
    decision = selection.decided(selection.project, "decline")
    selection.project.organisation.memberships.update(left_at=selection.project.submitted_at)
    client.force_login(selection.people.known["head"])
    answer = client.get(f"/calls/{selection.call_.pk}/decisions/{decision.pk}/letters/")
    assert "no letter can leave" in answer.content.decode()


def test_a_decision_on_what_is_withdrawn_leaves_the_lists(selection):
    decision = selection.decided(selection.project, "decline")
    perform(selection.project, "withdraw", by=selection.director)
    decision.refresh_from_db()
    assert (decision.state, decision.proposed_by, decision.confirmed_by) == ("draft", None, None)
    assert not WorkItem.objects.filter(kind__startswith="decision_", closed_at=None).exists()
    with pytest.raises(Blocked):
        draft_decision(project=selection.project, outcome="decline", by=selection.people.known["coordinator"])


def test_a_reinstated_project_is_decided_once_more(selection):
    coordinator, head = (selection.people.known[key] for key in ("coordinator", "head"))
    decision = selection.decided(selection.project, "decline")
    selection.announced(selection.call_, [decision])
    selection.project.refresh_from_db()
    perform(selection.project, "reinstate", by=head, note="Apeliacija patenkinta")
    perform(decision, "decide_anew", by=coordinator, note="Apeliacija patenkinta")
    draft_decision(project=selection.project, outcome="award", by=coordinator, amount=Decimal(5000))
    propose_decisions(call=selection.call_, by=coordinator, decisions=[decision], despite_doubts=True)
    confirm_decisions(call=selection.call_, by=head, decisions=[decision])
    selection.announced(selection.call_, [decision])
    selection.project.refresh_from_db()
    assert (selection.project.state, selection.project.awarded_amount) == ("implementation", Decimal("5000.00"))
