"""Requests to act for an organisation without an invitation."""

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.accounts.permissions import is_staff_member
from grants.accounts.selectors import verified_addresses
from grants.organisations.models import Organisation, OrganisationClaim
from grants.organisations.permissions import is_member_of
from grants.organisations.selectors import waiting_claim
from grants.organisations.services.members import lock
from grants.organisations.states import OPEN_CLAIMS, ClaimState
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked
from workflows.models import Case
from workflows.obstacles import Obstacle
from workflows.services import begin, perform


@transaction.atomic
def claim_organisation(*, organisation: Organisation, message: str, by: Any) -> OrganisationClaim:
    """Ask to act for the organisation. A verified address in its domain proves it: the person is an editor at once.

    Else the organisation's administrators decide. A request that waits already is answered again. Raises Blocked for
    a member, for staff of the funder, and when too many requests of the person wait.
    """
    lock(organisation)
    if is_staff_member(by):
        words = gettext_lazy("You work for the funder: only an administrator of the organisation can invite you.")
        raise Blocked([Obstacle("staff_member", words)])
    if is_member_of(by, organisation.pk):
        raise Blocked([Obstacle("member_already", gettext_lazy("You act for this organisation already."))])
    if waiting := waiting_claim(by, organisation):
        return waiting
    if OrganisationClaim.objects.filter(user=by, state=ClaimState.ASKED).count() >= OPEN_CLAIMS:
        raise Blocked([Obstacle("too_many", gettext_lazy("Too many of your requests wait. Withdraw one first."))])
    case = Case.objects.create(kind="claim", number=f"ORG-{uuid4().hex[:10].upper()}", title=organisation.name)
    claim = OrganisationClaim(case=case, organisation=organisation, user=by, message=message, asked_at=clock.now())
    begin(claim, by=by)
    if proves_membership(by, organisation):
        perform(claim, "allow", by=SYSTEM, note=_("The address is of the organisation's own domain."))
    return claim


def proves_membership(user: Any, organisation: Organisation) -> bool:
    """Whether a verified address of the person is of exactly the organisation's domain."""
    domain = organisation.domain.strip().lower()
    return bool(domain) and any(address.rpartition("@")[2] == domain for address in verified_addresses(user))


def allow_claim(
    *, claim: OrganisationClaim, role: str, by: Any, note: str = "", seen_version: int | None = None
) -> None:
    """Let the person act for the organisation in the role. Raises NotPermitted, IllegalMove or Stale."""
    key = _key(claim, "allow", by, seen_version)
    perform(claim, "allow", by=by, note=note, role=role, seen_version=seen_version, key=key)


def decline_claim(*, claim: OrganisationClaim, by: Any, note: str, seen_version: int | None = None) -> None:
    """Decline, with the reason that the person will read. Raises NotPermitted, IllegalMove or Stale."""
    key = _key(claim, "decline", by, seen_version)
    perform(claim, "decline", by=by, note=note, seen_version=seen_version, key=key)


def _key(claim: OrganisationClaim, step: str, by: Any, seen_version: int | None) -> str | None:
    """The same decision from the same page is one decision, however often the button is pressed."""
    return None if seen_version is None else f"claim:{claim.pk}:{step}:{by.pk}:{seen_version}"
