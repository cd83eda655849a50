"""The stages of a funding and the kinds of ledger entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FundingStage(models.TextChoices):
    """How certain money is: a plan, a promise, a signed decision, money on the account."""

    PLANNED = "planned", pgettext_lazy("funding", "planned")
    PROMISED = "promised", pgettext_lazy("funding", "promised")
    CONFIRMED = "confirmed", pgettext_lazy("funding", "confirmed")
    RECEIVED = "received", pgettext_lazy("funding", "received")


STAGE_ORDER = tuple(FundingStage.values)
STAGE_RANK = {stage: rank for rank, stage in enumerate(STAGE_ORDER)}


class EntryKind(models.TextChoices):
    """What an entry does with money."""

    RESERVE = "reserve", _("reservation")
    COMMIT = "commit", _("commitment")
    DECOMMIT = "decommit", _("decommitment")
    PAY = "pay", _("payment")
    RETURN = "return", _("return")
