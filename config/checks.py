"""Checks of the settings, in sentences; servers run them before they listen (config/wsgi.py, config/celery.py)."""

import os
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

TAG = "environment"
SHORTEST_KEY = 50
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@checks.register(TAG)
def check_values(**_options: Any) -> list[checks.CheckMessage]:
    """Every variable that could not be understood."""
    return [checks.Error(problem, id="pazanga.E001") for problem in settings.ENVIRONMENT_PROBLEMS]


@checks.register(TAG)
def check_secret(**_options: Any) -> list[checks.CheckMessage]:
    """With DEBUG off the key must be a secret."""
    if settings.DEBUG:
        return []
    if settings.SECRET_KEY == settings.INSECURE_KEY:
        return [checks.Error("SECRET_KEY is not set, and DEBUG is off.", hint=f"Set it to {SHORTEST_KEY} or more "
                             "random characters that nobody else knows.", id="pazanga.E002")]  # fmt: skip
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        return [checks.Error(f"SECRET_KEY has fewer than {SHORTEST_KEY} characters.", id="pazanga.E003")]
    return []


@checks.register(TAG)
def check_places(**_options: Any) -> list[checks.CheckMessage]:
    """Folders that must be writable, and settings that only make sense together."""
    found: list[checks.CheckMessage] = []
    if not os.access(settings.VAR_DIR, os.W_OK):
        found.append(checks.Error(f"VAR_DIR {settings.VAR_DIR} cannot be written to.", id="pazanga.E004"))
    if bool(settings.S3_OPTIONS["access_key"]) != bool(settings.S3_OPTIONS["secret_key"]):
        found.append(checks.Error("S3_ACCESS_KEY and S3_SECRET_KEY belong together.", id="pazanga.E005"))
    return found


@checks.register(TAG, deploy=True)
def check_production(**_options: Any) -> list[checks.CheckMessage]:
    """What `check --deploy` asks beyond Django's own questions."""
    found: list[checks.CheckMessage] = []
    if settings.DEMO or settings.CLOCK_MAY_BE_REPLACED:
        found.append(checks.Warning("DEMO and CLOCK_MAY_BE_REPLACED must be off in production.", id="pazanga.W001"))
    if settings.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend":
        found.append(checks.Warning("EMAIL_URL is not set: letters are kept, not sent.", id="pazanga.W002"))
    if urlsplit(settings.SITE_URL).hostname in LOOPBACK:
        found.append(checks.Warning("SITE_URL leads to this machine: links in letters break.", id="pazanga.W003"))
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        found.append(checks.Warning("DATABASE_URL is not PostgreSQL: only for one machine.", id="pazanga.W004"))
    return found


def refuse_to_start_if_misconfigured() -> None:
    """End the process with one sentence per problem, when a server is about to start on settings that are wrong."""
    problems = [message for message in checks.run_checks(tags=[TAG]) if message.level >= checks.ERROR]
    if problems:
        lines = "\n".join(f"  {message.msg} {message.hint or ''}".rstrip() for message in problems)
        sys.exit(f"Pažanga does not start:\n{lines}")
