"""Conditions of the steps of organisations."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.organisations.states import MemberRole
from workflows.actors import SYSTEM
from workflows.obstacles import Obstacle


def knows_the_person(claim: Any, move: Any) -> Obstacle | None:
    """The funder lets in nobody whose address proves nothing, where the organisation has addresses that would."""
    organisation = claim.organisation
    if move.by is SYSTEM or not organisation.domain:
        return None
    own = organisation.memberships.filter(user_id=move.by.pk, role=MemberRole.ADMIN, left_at__isnull=True)
    if own.exists():
        return None
    words = _("Nobody of the organisation can confirm this person. Invite an address at %(domain)s instead.")
    url = reverse("organisations:help", args=[organisation.pk])
    return Obstacle("not_proved", words % {"domain": organisation.domain}, url)
