"""Throwing a demonstration's data away; on SQLite it is proved with all parts (test_starting_over_for_real.py)."""

import pytest

from config.demo_reset import empty_everything
from grants.models import User
from workflows.services.verify import verify_log


@pytest.mark.django_db
def test_nothing_but_a_demonstration_is_emptied(settings):
    settings.DEMO = False
    User.objects.create_user("a@example.org")
    with pytest.raises(RuntimeError, match=r"^Only a demonstration can be emptied\.$"):
        empty_everything()
    assert User.objects.count() == 1


@pytest.mark.postgres
def test_a_demonstration_on_postgresql_is_emptied_and_ready_again(committed_db, settings, tmp_path):
    settings.DEMO = True
    settings.MIGRATION_MODULES = {}  # tests make their tables without migrations; this one migrates as the product does
    settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH, settings.SEALS_DIR = (
        tmp_path / name for name in ("media", "mail", "seals")
    )
    for folder in tmp_path.iterdir():
        folder.mkdir()
        (folder / "old").touch()
    User.objects.create_user("a@example.org")
    empty_everything()
    assert (User.objects.count(), verify_log(), list(tmp_path.iterdir())) == (0, [], [])
