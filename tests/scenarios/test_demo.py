"""The demonstration: told through services, whole, and impossible outside a demonstration."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from grants.accounts.models import User
from grants.calls.models import Call
from grants.projects.models import Project
from grants.selection.models import Decision
from tests.scenarios import demo
from workflows.models import Message
from workflows.services.verify import replay_log, verify_log

TODAY = [
    {"implementation": 33, "evaluation": 5, "closed": 6, "terminated": 1, "reserve": 2, "declined": 7, "ineligible": 2,
     "withdrawn": 1},
    {"selection": 12},
    {"call": 8, "application": 2},
]  # fmt: skip
"""Where the applications stand, call by call in the order of their deadlines: 57, of which 45 funded; 12; 10."""


@pytest.mark.parametrize(
    ("value", "moved"),
    [
        ("2027-03-05", "2027-03-12"),
        ("2027-03-05T17:00", "2027-03-12T17:00"),
        ("paraiška 2027-03-05", "paraiška 2027-03-05"),
        ({"dates": ["2027-12-31", 7]}, {"dates": ["2028-01-07", 7]}),
    ],
)
def test_dates_of_a_document_move_and_nothing_else(value, moved):
    assert demo.shifted(value, 7) == moved


def test_outside_a_demonstration_there_are_no_such_accounts(db, settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError, match="only in a demonstration"):
        demo.load()
    assert User.objects.filter(email__endswith="@demo.test").count() == 0


def test_the_demonstration_is_whole_and_told_once(db, settings, tmp_path, capsys):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    settings.MEDIA_ROOT, settings.SEALS_DIR = tmp_path / "media", tmp_path / "seals"
    call_command("demo", if_empty=True)
    assert "Loading the demonstration" in capsys.readouterr().out
    assert sorted(User.objects.filter(email__in=[f"{a}@demo.test" for a in demo.ACCOUNTS]).values_list("is_demo")) == [
        (True,)
    ] * len(demo.ACCOUNTS)
    calls = Call.objects.order_by("closes_at")
    assert [Counter(call.projects.values_list("state", flat=True)) for call in calls] == TODAY
    assert Decision.objects.filter(outcome="award", state="announced").count() == 45
    assert Counter(Message.objects.values_list("state", flat=True)).keys() == {"sent"}
    assert all(project.organisation.invented for project in Project.objects.select_related("organisation"))
    assert (verify_log(), replay_log()) == ([], [])
    assert "pazanga-demo" in (tmp_path / "demo-accounts.txt").read_text()
    assert Project.objects.filter(ends_on__lt=date(2000, 1, 1)).count() == 0
    call_command("demo", if_empty=True)
    assert capsys.readouterr().out == ""
