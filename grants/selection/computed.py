"""Conflicts that the product finds by itself, before anybody is asked."""

from typing import Any

from django.utils.translation import gettext as _

from grants.organisations.models import Membership
from grants.projects.models import Project

PUBLIC_MAIL = frozenset({
    "gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "proton.me",
    "protonmail.com", "inbox.lt", "one.lt", "takas.lt", "zebra.lt", "delfi.lt", "mail.com", "gmx.com",
})  # fmt: skip
"""Mail providers open to anybody: the same provider says nothing about two people."""


def computed_hits(user: Any, project: Project) -> list[dict[str, Any]]:
    """What speaks for a conflict of this person with this project: {"rule", "hard", "evidence"}; hard cannot be waived.

    The person is, or was, a member of the applicant (hard while a member); shares the applicant's mail domain (soft).
    """
    hits: list[dict[str, Any]] = []
    organisation = project.organisation
    membership = Membership.objects.filter(user=user, organisation=organisation).order_by("left_at").last()
    if membership is not None:
        current = Membership.objects.filter(user=user, organisation=organisation, left_at__isnull=True).exists()
        words = _("acts for the applicant %(name)s") if current else _("acted for the applicant %(name)s before")
        hits.append({"rule": "member", "hard": current, "evidence": words % {"name": organisation.name}})
    domain = user.email.rpartition("@")[2].lower()
    if organisation.domain and domain == organisation.domain.lower() and domain not in PUBLIC_MAIL:
        evidence = _("has an e-mail address at %(domain)s, as the applicant") % {"domain": domain}
        hits.append({"rule": "domain", "hard": False, "evidence": evidence})
    return hits
