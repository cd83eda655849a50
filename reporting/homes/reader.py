"""Who the reader is, in one query: roles, memberships, cases they are kept away from, and the evaluators' pool.

Permissions ask these one by one and remember the answers for the request. A home page asks all of them, so it reads
them together and fills those memories beforehand.
"""

from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from grants.accounts.models import RoleGrant
from grants.accounts.permissions import CACHE as ROLES
from grants.organisations.models import Membership
from grants.organisations.permissions import CACHE as MEMBERSHIPS
from grants.selection.models import Evaluator
from workflows.models import Exclusion
from workflows.policy import recall


def know(user: Any) -> None:
    """Read everything that permissions ask about an active person and remember it for this request. One query."""
    if not user.is_active:
        return
    roles = RoleGrant.objects.filter(user_id=user.pk, until__isnull=True)
    member = Membership.objects.filter(user_id=user.pk, left_at__isnull=True)
    away = Exclusion.objects.filter(user_id=user.pk, until__isnull=True)
    pool = Evaluator.objects.filter(user_id=user.pk, left_at__isnull=True)
    answers = _rows(roles, "role", text="role").union(
        _rows(member, "member", number="organisation_id", text="role"),
        _rows(away, "away", number="case_id"),
        _rows(pool, "pool"),
        all=True,
    )
    found: dict[str, list[tuple[int, str]]] = {"role": [], "member": [], "away": [], "pool": []}
    for row in answers:
        found[row["what"]].append((row["number_"], row["text_"]))
    user.__dict__[ROLES] = frozenset(text for _number, text in found["role"])
    user.__dict__[MEMBERSHIPS] = dict(found["member"])
    recall(("excluded", user.pk), lambda: frozenset(number for number, _text in found["away"]))
    recall(("evaluator", user.pk), lambda: bool(found["pool"]))


def _rows(rows: QuerySet[Any], what: str, number: str = "", text: str = "") -> Any:
    return rows.order_by().annotate(
        what=Value(what, CharField()),
        number_=Cast(F(number), IntegerField()) if number else Value(0, IntegerField()),
        text_=F(text) if text else Value("", CharField()),
    ).values("what", "number_", "text_")  # fmt: skip
