"""Many hands at once on PostgreSQL: decisions and payments happen once."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from grants.implementation.models import Payment
from grants.implementation.services import approve_payment, pay_payment, request_payment, return_payment
from grants.money.models import LedgerEntry
from grants.projects.models import Project
from grants.selection.models import Decision, Review
from grants.selection.services import announce_decisions, declare_own_conflict, submit_review
from tests.grants.implementation.conftest import into_work
from tests.grants.selection.conftest import into_selection
from tests.scenarios.story import Story
from workflows.exceptions import Refused
from workflows.models import Message

pytestmark = pytest.mark.postgres


@contextmanager
def told(tell, settings, tmp_path):
    """A story that really commits."""
    settings.MEDIA_ROOT, settings.SEALS_DIR = tmp_path / "media", tmp_path / "seals"
    story = Story()
    with story.told():
        tell(story.reference())
        yield story


def at_once(*attempts):
    """Start all attempts at the same moment; answers True for each that succeeded, False for each that was refused."""
    barrier, outcomes = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(number, attempt):
        try:
            connection.ensure_connection()
            barrier.wait(20)
            attempt()
            outcomes[number] = True
        except Refused:
            outcomes[number] = False
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_two_coordinators_announce_at_once_and_it_happens_once(committed_db, settings, tmp_path):
    with told(into_selection, settings, tmp_path) as story:
        for project in (story.project, story.other):
            story.reviewed(project, story.evaluators)
        for project in (story.project, story.other):
            story.decided(project, "award", "12000")
        people = [story.people.known["coordinator"], story.people.known["head"]]
        lists = [list(Decision.objects.filter(state="confirmed").select_related("case")) for _person in people]

        def announce(who):
            return lambda: announce_decisions(call=story.call_, by=people[who], decisions=lists[who], expected=2)

        assert sorted(at_once(announce(0), announce(1))) == [False, True]
        assert set(Project.objects.values_list("state", flat=True)) == {"implementation"}
        assert LedgerEntry.objects.filter(kind="commit").count() == 2
        assert Message.objects.filter(kind="decision_award").count() == 2


def test_a_review_is_submitted_or_given_up_never_both(committed_db, settings, tmp_path):
    with told(into_selection, settings, tmp_path) as story:
        for evaluator in story.evaluators:
            review = story.written(story.assigned(story.project, evaluator))
            own = Review.objects.get(pk=review.pk)
            at_once(
                lambda own=own: submit_review(review=own, by=own.user),
                lambda own=own: declare_own_conflict(project=own.project, by=own.user, ground="Giminė"),
            )
            review.refresh_from_db()
            assert review.state == "recused", "a conflict ends the review, whoever was first"


def test_a_payment_is_approved_or_returned(committed_db, settings, tmp_path):
    with told(into_work, settings, tmp_path) as story:
        payment, coordinator = story.project.payments.get(ordinal=1), story.people.known["coordinator"]
        head, finance = story.people.known["head"], story.people.known["finance"]
        for _turn in range(3):
            request_payment(payment=payment, by=coordinator)
            first, second = (Payment.objects.get(pk=payment.pk) for _copy in range(2))
            outcomes = at_once(
                lambda first=first: approve_payment(payment=first, by=head),
                lambda second=second: return_payment(payment=second, by=finance, note="Ne"),
            )
            assert sorted(outcomes) == [False, True]
            payment.refresh_from_db()
            assert payment.state == ("approved" if outcomes[0] else "planned")
            if payment.state == "approved":
                break


def test_a_payment_recorded_at_once_with_two_keys_leaves_once(committed_db, settings, tmp_path):
    with told(into_work, settings, tmp_path) as story:
        payment, finance = story.project.payments.get(ordinal=1), story.people.known["finance"]
        request_payment(payment=payment, by=story.people.known["coordinator"])
        approve_payment(payment=payment, by=story.people.known["head"])
        copies = [Payment.objects.get(pk=payment.pk) for _copy in range(4)]
        keys = ["a", "b", "c", "c"]

        def pay(at):
            return lambda: pay_payment(payment=copies[at], by=finance, paid_on=story.today, key=keys[at])

        outcomes = at_once(*(pay(at) for at in range(4)))
        assert 1 <= sum(outcomes) <= 2, "one, or the two that had the same key"
        assert LedgerEntry.objects.filter(kind="pay").count() == 1
        assert Message.objects.filter(kind="payment_paid").count() == 1
