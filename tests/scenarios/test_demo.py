"""The demonstration: told through services, whole, and impossible outside a demonstration."""

from datetime import date

import pytest
from django.core.management import call_command

from grants.accounts.models import User
from grants.projects.models import Project
from tests.scenarios import demo
from workflows.services.verify import replay_log, verify_log


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
    states = sorted(Project.objects.values_list("state", flat=True))
    assert states == [
        "application", "call", "declined", "evaluation", "implementation", "reserve", "selection", "selection",
        "selection",
    ]  # fmt: skip
    assert all(project.organisation.invented for project in Project.objects.select_related("organisation"))
    assert (verify_log(), replay_log()) == ([], [])
    assert "pazanga-demo" in (tmp_path / "demo-accounts.txt").read_text()
    assert Project.objects.filter(ends_on__lt=date(2000, 1, 1)).count() == 0
    call_command("demo", if_empty=True)
    assert capsys.readouterr().out == ""
