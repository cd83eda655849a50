#!/usr/bin/env python
"""Django's command line for Pažanga."""

import os
import sys


def main() -> None:
    """Run one management command with the project's settings.

    A database that does not answer, or was never prepared, is told in a sentence; `--traceback` tells the rest.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        advice = advice_on(str(error))
        if not advice or "--traceback" in sys.argv:
            raise
        sys.exit(advice)


def advice_on(error: str) -> str:
    """What to do about a complaint of the database, or nothing where only its own words help."""
    reason = error.strip().partition("\n")[0]
    if reason.startswith("no such table") or ("relation" in reason and "does not exist" in reason):
        return "The database is not prepared for this version yet: run `manage.py prepare` first."
    if reason.startswith(("connection failed", "connection to server", "unable to open database")):
        return f"The database of DATABASE_URL does not answer: {reason}"
    return ""


if __name__ == "__main__":
    main()
