"""Every model of every slice, so that Django finds them under one label."""

from grants.accounts.models import RoleGrant, User
from grants.organisations.models import Invitation, Membership, Municipality, Organisation, OrganisationName

__all__ = [
    "Invitation",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "RoleGrant",
    "User",
]
