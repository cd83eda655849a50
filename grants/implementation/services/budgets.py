"""The budget of an agreement: cut with the award, changed line by line before it is sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.applications.models import BudgetLine
from grants.applications.selectors import latest_version
from grants.calls.models import BudgetCategory
from grants.implementation.models import Agreement, AwardLine
from grants.implementation.permissions import can_coordinate, can_write
from grants.implementation.services.editions import edition
from grants.implementation.states import AgreementState
from grants.money.arithmetic import split_in_proportion, to_cents
from grants.projects.models import Project
from workflows import clock
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.formatting import euro, percent
from workflows.services.log import locked_case
from workflows.text import localized


def lines_of(agreement: Agreement, project: Project) -> list[AwardLine]:
    """The budget lines of the last submitted version; after a cut each is cut in proportion, exact to the cent."""
    version = latest_version(project.application) if hasattr(project, "application") else None
    lines = list(BudgetLine.objects.filter(version=version).order_by("order")) if version else []
    grants = [line.grant_amount for line in lines]
    shares = split_in_proportion(agreement.amount, grants) if any(grants) else grants
    return [
        AwardLine(
            agreement=agreement, order=number, category=line.category, description=line.description,
            requested=line.grant_amount, awarded=share, own=line.own_amount + line.in_kind_amount,
        )
        for number, (line, share) in enumerate(zip(lines, shares, strict=True), start=1)
    ]  # fmt: skip


def budget_edition(agreement: Agreement) -> str:
    """A mark of what the grant pays of each line now."""
    return edition(*agreement.lines.order_by("order").values_list("pk", "awarded"))


def change_budget(
    *, agreement: Agreement, awarded: Mapping[int, Decimal], by: Any, seen: str | None = None
) -> Agreement:
    """Set what the grant pays of each line (by the line's key, EUR), before the agreement is sent.

    seen: the `budget_edition` that the person's page showed. Raises NotPermitted, Stale where somebody changed the
    budget since, or Refused where it was sent, a sum is negative, the lines do not make the award or a category takes
    more of the grant than the call allows.
    """
    if not (can_coordinate(by, agreement) or can_write(by, agreement)):
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        locked_case(agreement.case_id)
        agreement.refresh_from_db()
        if agreement.state != AgreementState.DRAFT:
            raise Refused(_("The agreement is sent; its budget does not change any more."))
        if seen is not None and seen != budget_edition(agreement):
            raise Stale(url=reverse("implementation:budget", args=[agreement.project_id]))
        lines = list(agreement.lines.select_related("category"))
        before = _by_category(lines)
        for line in lines:
            line.awarded = awarded.get(line.pk, line.awarded)
        if any(line.awarded < 0 for line in lines):
            raise Refused(_("A sum cannot be negative."))
        if (difference := difference_in(agreement, [line.awarded for line in lines])) is not None:
            raise Refused(difference)
        _check_shares(agreement, before, _by_category(lines))
        AwardLine.objects.bulk_update(lines, ["awarded"])
    return agreement


def difference_in(agreement: Agreement, sums: Iterable[Decimal]) -> str | None:
    """A sentence where the lines do not make the award, else None."""
    total = sum(sums, Decimal(0))
    if total == agreement.amount:
        return None
    text = _("The lines make %(total)s together; they must make the award, %(award)s.")
    return text % {"total": euro(total), "award": euro(agreement.amount)}


def _by_category(lines: Iterable[AwardLine]) -> dict[BudgetCategory, Decimal]:
    sums: dict[BudgetCategory, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.category] += line.awarded
    return sums


def _check_shares(
    agreement: Agreement, before: Mapping[BudgetCategory, Decimal], after: Mapping[BudgetCategory, Decimal]
) -> None:
    """Refuse to bring a category above its part of the grant; what a proportional cut left a cent above may stay."""
    for category, total in after.items():
        if category.max_percent is None or total <= before[category]:
            continue
        most = to_cents(agreement.amount * category.max_percent / 100)
        if total > most:
            text = _("“%(category)s” may take %(percent)s of the grant, %(most)s; the lines make %(total)s.")
            words = {"category": localized(category.label), "percent": percent(category.max_percent)}
            raise Refused(text % (words | {"most": euro(most), "total": euro(total)}))
