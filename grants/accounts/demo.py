"""The people whom a demonstration lets anybody be; nobody of them exists where DEMO is off."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from grants.accounts.models import User

DOMAIN = "demo.test"
PASSWORD = "pazanga-demo"  # noqa: S105  shown on purpose: it opens only what a demonstration holds

ACCOUNTS = {
    "applicant": _("Library: applies, carries out, reports"),
    "evaluator": _("Evaluator: scores applications"),
    "coordinator": _("Coordinator: leads calls and projects"),
    "finance": _("Finance officer: approves and pays"),
    "head": _("Programme head: confirms decisions"),
    "auditor": _("Auditor: reads everything, changes nothing"),
    "admin": _("Administrator: gives roles"),
}
"""The name before the @ of each, and what this person does."""


@dataclass(frozen=True)
class DemoAccount:
    """Somebody as whom one may enter: the address and what this person does."""

    email: str
    does: Any


def demo_accounts() -> list[DemoAccount]:
    """The accounts offered on the page for signing in; none unless this is a demonstration that has been loaded."""
    if not settings.DEMO:
        return []
    wanted = {f"{name}@{DOMAIN}": does for name, does in ACCOUNTS.items()}
    there = set(User.objects.filter(email__in=wanted, is_demo=True, is_active=True).values_list("email", flat=True))
    return [DemoAccount(email, does) for email, does in wanted.items() if email in there]
