"""Kinds of municipality and organisation, and what a member may do for an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MunicipalityKind(models.TextChoices):
    """The three kinds in the official name."""

    CITY = "city", _("city municipality")
    DISTRICT = "district", _("district municipality")
    OTHER = "municipality", _("municipality")


class OrganisationKind(models.TextChoices):
    """What the organisation is, for rules of calls and for the map."""

    MUNICIPAL = "municipal", _("municipal public library")
    COUNTY = "county", _("county public library")
    NATIONAL = "national", _("national library")
    FUNDER = "funder", _("funder")
    PARTNER = "partner", _("partner organisation")


class MemberRole(models.TextChoices):
    """What a member may do for the organisation; each role may all that the role before it may."""

    VIEWER = "viewer", pgettext_lazy("member", "viewer")
    EDITOR = "editor", pgettext_lazy("member", "editor")
    SUBMITTER = "submitter", pgettext_lazy("member", "submitter")
    CERTIFIER = "certifier", pgettext_lazy("member", "certifier")
    ADMIN = "admin", pgettext_lazy("member", "administrator")


EDITING_ROLES: frozenset[str] = frozenset(
    {MemberRole.EDITOR, MemberRole.SUBMITTER, MemberRole.CERTIFIER, MemberRole.ADMIN}
)
SUBMITTING_ROLES: frozenset[str] = frozenset({MemberRole.SUBMITTER, MemberRole.CERTIFIER, MemberRole.ADMIN})
ADMIN_ROLES: frozenset[str] = frozenset({MemberRole.ADMIN})
CERTIFYING_ROLES: frozenset[str] = frozenset({MemberRole.CERTIFIER, MemberRole.ADMIN})

ROLE_MEANINGS = {
    MemberRole.VIEWER: _("Reads everything of the organisation, changes nothing."),
    MemberRole.EDITOR: _("Writes and edits applications and reports, but does not submit them."),
    MemberRole.SUBMITTER: _("Edits and submits applications and reports."),
    MemberRole.CERTIFIER: _("Submits, and certifies figures and agreements in the name of the organisation."),
    MemberRole.ADMIN: _("Does all of this, and decides who the members are."),
}


class ClaimState(models.TextChoices):
    """Where a request to act for an organisation stands."""

    ASKED = "asked", pgettext_lazy("request to join", "waiting")
    ALLOWED = "allowed", pgettext_lazy("request to join", "allowed")
    DECLINED = "declined", pgettext_lazy("request to join", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request to join", "withdrawn")


ROLE_RANK = {role: rank for rank, role in enumerate(MemberRole.values)}
"""From the role that may least to the role that may most."""

INVITATION_DAYS = 14
OPEN_INVITATIONS = 50
"""So many invitations of one organisation may wait at once: enough for any library, too few for a flood of mail."""

OPEN_CLAIMS = 5
"""So many requests of one person may wait at once."""

RECOMMENDED_ADMINS = 2
