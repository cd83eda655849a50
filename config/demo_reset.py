"""Throwing a demonstration's data away: the whole database, because its log refuses to lose single rows."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def empty_everything() -> None:
    """Make the database, the files, the letters and the seals as they were before the first start.

    Raises RuntimeError outside a demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError("Only a demonstration can be emptied.")
    if connection.vendor == "sqlite":
        _remove_sqlite(str(settings.DATABASES["default"]["NAME"]))
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    for folder in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH, settings.SEALS_DIR):
        shutil.rmtree(folder, ignore_errors=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _remove_sqlite(name: str) -> None:
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{name}{ending}").unlink(missing_ok=True)
