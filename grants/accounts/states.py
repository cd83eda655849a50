"""The roles that a person can hold for the funder."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is for the funder; a person may be several of these."""

    COORDINATOR = "coordinator", _("coordinator")
    FINANCE = "finance", _("finance officer")
    HEAD = "head", _("programme head")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


STAFF_ROLES = frozenset({Role.COORDINATOR, Role.FINANCE, Role.HEAD, Role.ADMINISTRATOR, Role.AUDITOR})
"""Everybody who works for the funder, the auditor included: who reads, but changes nothing."""

SECOND_FACTOR_ADVISED = frozenset({Role.ADMINISTRATOR, Role.FINANCE})
"""Roles whose holders are told to set up a second factor; `MFA_REQUIRED_ROLES` makes it a condition."""
