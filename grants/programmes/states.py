"""The three levels of a strategy plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """A goal has directions of activity, a direction has activities; only activities have money."""

    GOAL = "goal", _("goal")
    DIRECTION = "direction", _("direction of activity")
    ACTIVITY = "activity", _("activity")


LEVELS = (Level.GOAL, Level.DIRECTION, Level.ACTIVITY)
"""In order of depth: the level of a code is the number of its parts."""
