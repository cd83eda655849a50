"""From decisions to letters and money: all or nothing, never twice, never without money."""

import copy
from decimal import Decimal

import pytest

from grants.money.models import LedgerEntry
from grants.money.selectors import call_balance, case_balance
from grants.projects.models import Project
from grants.selection.models import Decision, DecisionShare
from grants.selection.services import announce_decisions
from grants.selection.services.decisions import list_mark
from workflows.exceptions import Blocked, Refused, Stale
from workflows.messages import message_kind
from workflows.models import Message
from workflows.services.mail_text import render

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def scored(selection):
    """Both projects have their two reviews: 81 and 62 points."""
    for project, share in ((selection.project, "0.8"), (selection.other, "0.6")):
        selection.reviewed(project, selection.evaluators, share=share)
    return selection


def both(scored, first="award", second="reserve"):
    amount = scored.project.requested_amount
    return [
        scored.decided(scored.project, first, amount if first == "award" else None),
        scored.decided(scored.other, second, scored.other.requested_amount if second == "award" else None),
    ]


def announce(scored, decisions, **given):
    coordinator = scored.people.known["coordinator"]
    return announce_decisions(call=scored.call_, by=coordinator, decisions=decisions, **given)


def test_announcing_moves_commits_and_writes_in_one_step(scored):
    decisions = both(scored)
    announce(scored, decisions, expected=2, seen=list_mark(decisions))
    assert dict(Project.objects.values_list("pk", "state")) == {
        scored.project.pk: "implementation", scored.other.pk: "reserve",
    }  # fmt: skip
    amount = scored.project.requested_amount
    assert call_balance(scored.call_.case).committed == case_balance(scored.project.case).committed == amount
    assert sum(DecisionShare.objects.values_list("amount", flat=True)) == amount
    kinds = Message.objects.filter(kind__startswith="decision_").values_list("kind", flat=True)
    assert sorted(kinds) == ["decision_award", "decision_reserve"]


def test_without_enough_money_nothing_happens_at_all(scored):
    scored.call_.fundings.update(amount=Decimal(20000))
    decisions = both(scored, second="award")
    with pytest.raises(Blocked) as refused:
        announce(scored, decisions)
    assert refused.value.obstacles[0].code == "no_money"
    assert set(Project.objects.values_list("state", flat=True)) == {"selection"}
    assert set(Decision.objects.values_list("state", flat=True)) == {"confirmed"}
    assert not LedgerEntry.objects.filter(kind="commit").exists()
    assert not Message.objects.filter(kind__startswith="decision_").exists()
    assert not DecisionShare.objects.exists()


def test_a_list_that_changed_meanwhile_is_not_announced(scored):
    decisions = both(scored)
    with pytest.raises(Refused):
        announce(scored, decisions, expected=1)
    with pytest.raises(Refused):
        announce(scored, decisions, expected=2, seen=list_mark(decisions[:1]))
    old = copy.deepcopy(decisions)
    announce(scored, decisions, expected=2)
    with pytest.raises(Stale):
        announce(scored, old)
    assert LedgerEntry.objects.filter(kind="commit").count() == 1


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("outcome", ["award", "reserve", "decline"])
def test_a_letter_says_the_result_and_nothing_that_is_for_the_panel(scored, outcome, language):
    amount = Decimal(12345) if outcome == "award" else None
    decision = scored.decided(scored.project, outcome, amount, reason="Vertintojai sutarė.")
    scored.director.language = language
    scored.director.save()
    announce(scored, [decision])
    letter = Message.objects.get(kind=f"decision_{outcome}", to_user=scored.director)
    assert letter.language == language
    assert "81,00" in letter.text or "81.00" in letter.text
    assert "Vertintojai sutarė." in letter.text
    assert "Stipri paraiška" in letter.text
    assert "Siūlau finansuoti" not in letter.text, "what is for the panel stays there"
    assert ("12 345" in letter.text.replace("\N{NO-BREAK SPACE}", " ") or "12,345" in letter.text) is (
        outcome == "award"
    )


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_winner_of_a_contest_gets_a_letter_without_scores(scored, language):
    decision = Decision(project=scored.project, outcome="recognise", score=Decimal(90))
    call = scored.call_
    call.rules["decision"]["publish_scores"] = False
    context = {"decision": decision, "project": scored.project, "call": call, "comments": [], "person": None,
               "case": scored.project.case}  # fmt: skip
    words = render(message_kind("decision_recognise"), language, context)
    assert words.subject
    assert "90" not in words.text
    if language == "en":
        assert "Everything stands on the page of the application:" in words.text  # a nomination is no project


def test_a_reserve_is_promoted_through_the_pages_when_money_comes_free(scored, client):
    announce(scored, both(scored))
    url = f"/calls/{scored.call_.pk}/decisions/"
    coordinator, head = (scored.people.known[key] for key in ("coordinator", "head"))
    client.force_login(coordinator)
    [entry] = [one for one in client.get(url).context["announced"] if one["decision"].outcome == "reserve"]
    [option] = entry["options"]
    assert option.name == "decide_anew"
    page = client.get(option.url)
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"note": "Atsirado lėšų."}
    assert client.post(option.url, sent).status_code == 302
    page = client.get(url)
    [(row, form)] = page.context["forms"]
    assert (row.project.pk, [value for value, _label in form.fields["outcome"].choices]) == (scored.other.pk, ["award"])
    typed = {f"p{row.project.pk}-outcome": "award", f"p{row.project.pk}-amount": "10 000,00", "propose": "1"}
    assert client.post(url, typed).status_code == 302
    client.force_login(head)
    assert client.post(f"{url}confirm/").status_code == 302
    page = client.get(f"{url}announce/")
    seen = page.context["form"].initial["seen"]
    assert client.post(f"{url}announce/", {"expected": "1", "seen": f"{seen} 9-9"}).status_code == 400
    assert client.post(f"{url}announce/", {"expected": "1", "seen": seen}).status_code == 302
    assert Project.objects.get(pk=scored.other.pk).state == "implementation"
    assert case_balance(scored.other.case).committed == Decimal("10000.00")
    assert call_balance(scored.call_.case).committed == scored.project.requested_amount + Decimal(10000)


def test_a_proposal_is_taken_back_by_a_button_with_a_reason(scored, client):
    scored.decided(scored.project, "decline")
    client.force_login(scored.people.known["coordinator"])
    url = f"/calls/{scored.call_.pk}/decisions/"
    [entry] = client.get(url).context["confirmed"]
    assert [option.name for option in entry["options"]] == ["take_back"]


@pytest.mark.parametrize(
    ("field", "wrong"), [("amount", ""), ("amount", "0"), ("amount", "-3"), ("amount", "x"), ("amount", "9" * 15),
                         ("amount", "20000"), ("outcome", "nonsense"), ("reason", "x" * 2001)],
)  # fmt: skip
def test_a_bad_row_keeps_everything_back_and_says_where(scored, client, field, wrong):
    client.force_login(scored.people.known["coordinator"])
    url = f"/calls/{scored.call_.pk}/decisions/"
    typed = {"propose": "1"}
    for project in (scored.project, scored.other):
        typed |= {f"p{project.pk}-outcome": "award", f"p{project.pk}-amount": "10000", f"p{project.pk}-reason": "Gerai"}
    page = client.post(url, typed | {f"p{scored.project.pk}-{field}": wrong})
    assert page.status_code == (302 if wrong == "20000" else 400)  # drafts above the request are kept, not proposed
    assert not Decision.objects.exclude(state="draft").exists()


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_page_of_a_call_opens_in_each_state_and_language(scored, client, language):
    client.cookies["language"] = language
    pages = [
        f"/calls/{scored.call_.pk}/{page}/" for page in ("evaluators", "ranking", "decisions", "decisions/announce")
    ]
    pages += [
        scored.project.get_absolute_url(),
        f"/projects/{scored.project.pk}/step-aside/",
        scored.call_.get_manage_url(),
    ]

    def all_open(who):
        client.force_login(scored.people.known[who])
        assert [client.get(page).status_code for page in pages] == [200] * len(pages)

    all_open("coordinator")
    decisions = both(scored)
    all_open("head")
    announce(scored, decisions)
    all_open("coordinator")
    client.force_login(scored.director)
    page = client.get(scored.project.get_absolute_url())
    [panel] = [panel for panel in page.context["panels"] if "selection" in panel.template]
    assert panel.values["outcome"].score == Decimal("81.00")
    assert panel.values["comments"] == ["Stipri paraiška: aiškus poreikis ir tikros partnerystės."] * 2
    assert "Siūlau finansuoti." not in text_of(page)


def test_the_team_sees_no_decision_before_it_is_announced(scored, client):
    both(scored)
    client.force_login(scored.director)
    page = client.get(scored.project.get_absolute_url())
    assert not [panel for panel in page.context["panels"] if "selection" in panel.template]
