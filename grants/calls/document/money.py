"""Money, own share, categories of cost, payments and reports."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.calls.document.reading import Check, at
from grants.calls.scales import as_text

LARGEST_SUM = "999999999999.99"
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
KINDS = ("advance", "interim", "final", "single")


def check_money(check: Check, call: dict[str, Any], path: str) -> None:
    """The call's money: null for a contest, else a total and what one project may get."""
    money = check.object(call, "money", path, needed=False)
    if money is None:
        return
    here = at(path, "money")
    if money.get("currency") != "EUR":
        check.say(at(here, "currency"), _("The currency is EUR."))
    total = check.number(money, "total", here, above=True, most=LARGEST_SUM)
    least = check.number(money, "grant_min", here, most=LARGEST_SUM, needed=False)
    most = check.number(money, "grant_max", here, above=True, most=LARGEST_SUM, needed=False)
    if least is not None and most is not None and least > most:
        check.say(at(here, "grant_min"), _("The smallest grant is above the largest."))
    if most is not None and total is not None and most > total:
        check.say(at(here, "grant_max"), _("One grant is larger than the whole call."))
    for key in ("planned_projects", "max_applications_per_applicant", "max_funded_per_applicant"):
        check.number(money, key, here, least=1, whole=True, needed=False)


def check_cofinancing(check: Check, call: dict[str, Any], path: str) -> None:
    """The applicant's own share."""
    share = check.object(call, "cofinancing", path, needed=False)
    if share is None:
        return
    here = at(path, "cofinancing")
    check.number(share, "own_share_min_percent", here, most=100)
    check.number(share, "in_kind_max_percent_of_own_share", here, most=100, needed=False)


def check_categories(check: Check, document: dict[str, Any]) -> None:
    """The kinds of cost, each with how much of the grant it may take."""
    items = check.items(document, "budget_categories", "")
    check.ids(items, "code", CODE)
    for path, category in items:
        check.texts(category, "label", path)
        check.number(category, "max_percent_of_grant", path, above=True, most=100, needed=False)


def check_reports(check: Check, document: dict[str, Any]) -> list[str]:
    """The reports to come; answers their ids."""
    items = check.items(document, "reports", "")
    for path, report in items:
        check.texts(report, "label", path)
    return check.ids(items)


def check_payments(check: Check, document: dict[str, Any], reports: list[str]) -> None:
    """The instalments: together 100 per cent, each after something that will happen."""
    items = check.items(document, "payments", "")
    check.ids(items)
    shares = []
    for path, payment in items:
        check.texts(payment, "label", path)
        check.choice(payment, "kind", path, KINDS)
        shares.append(check.number(payment, "percent", path, above=True, most=100))
        if payment.get("condition") is not None:
            check.texts(payment, "condition", path, most=500)
        report = payment.get("after_approval_of")
        if report is not None and report not in reports:
            check.say(at(path, "after_approval_of"), _("This names a report that the call does not have."))
    known = [share for share in shares if share is not None]
    if items and len(known) == len(shares) and sum(known) != 100:
        message = _("The payments must add up to 100 per cent; now they add up to %(sum)s.")
        check.say("payments", message % {"sum": as_text(sum(known, Decimal(0)))})
