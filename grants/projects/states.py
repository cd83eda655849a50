"""Where a project can stand, in which of the five stages, and in which few words the public is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectState(models.TextChoices):
    """The life of a project; five of its states are the five stages."""

    CALL = "call", pgettext_lazy("project", "draft")
    APPLICATION = "application", pgettext_lazy("project", "being checked")
    SELECTION = "selection", pgettext_lazy("project", "being assessed")
    RESERVE = "reserve", pgettext_lazy("project", "on the reserve list")
    INELIGIBLE = "ineligible", pgettext_lazy("project", "not eligible")
    DECLINED = "declined", pgettext_lazy("project", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("project", "withdrawn")
    ABANDONED = "abandoned", pgettext_lazy("project", "abandoned")
    IMPLEMENTATION = "implementation", pgettext_lazy("project", "being implemented")
    EVALUATION = "evaluation", pgettext_lazy("project", "being evaluated")
    TERMINATED = "terminated", pgettext_lazy("project", "terminated")
    CLOSED = "closed", pgettext_lazy("project", "closed")


class Stage(models.TextChoices):
    """The five stages of a project's life."""

    CALL = "call", _("Call")
    APPLICATION = "application", _("Application")
    SELECTION = "selection", _("Selection")
    IMPLEMENTATION = "implementation", _("Implementation")
    EVALUATION = "evaluation", _("Evaluation")


S = ProjectState

STAGE_OF = {
    S.CALL: Stage.CALL,
    S.ABANDONED: Stage.CALL,
    S.APPLICATION: Stage.APPLICATION,
    S.INELIGIBLE: Stage.APPLICATION,
    S.WITHDRAWN: Stage.APPLICATION,
    S.SELECTION: Stage.SELECTION,
    S.RESERVE: Stage.SELECTION,
    S.DECLINED: Stage.SELECTION,
    S.IMPLEMENTATION: Stage.IMPLEMENTATION,
    S.TERMINATED: Stage.IMPLEMENTATION,
    S.EVALUATION: Stage.EVALUATION,
    S.CLOSED: Stage.EVALUATION,
}
"""The stage that a project in each state stands in, or ended in."""

ENDED_STATES = (S.WITHDRAWN, S.ABANDONED, S.TERMINATED, S.CLOSED)
REFUSED_STATES = (S.INELIGIBLE, S.DECLINED)
IN_ASSESSMENT_STATES = (S.APPLICATION, S.SELECTION, S.RESERVE)
RUNNING_STATES = (S.IMPLEMENTATION, S.EVALUATION)
HOLDABLE_STATES = (S.APPLICATION, S.SELECTION, S.IMPLEMENTATION, S.EVALUATION)
"""States in which the clock of a project can be stopped."""

WITH_AWARD = (S.IMPLEMENTATION, S.EVALUATION, S.TERMINATED, S.CLOSED)
"""States that only a project with an award or a recognition reaches; the finance officer sees these."""

NOT_SUBMITTED = (S.CALL, S.ABANDONED)
"""States of a project that the funder has not received."""

REOPEN_DAYS = 30
"""For how many days a closed project may be opened again."""
