"""Refusals: each one is a sentence for a person, with the obstacles behind it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.obstacles import Obstacle


class Refused(Exception):
    """Something was asked that cannot be done now; nothing has changed."""

    code = "refused"

    def __init__(self, message: Any = "", *, obstacles: Sequence[Obstacle] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.obstacles = list(obstacles) or [Obstacle(self.code, message)]

    def __str__(self) -> str:
        return str(self.message)


class NotPermitted(Refused):
    """The person may see the thing but may not do this to it (403)."""

    code = "not_permitted"

    def __init__(self, message: Any = "") -> None:
        super().__init__(message or _("You may not do this. Ask someone who has the right role."))


class Blocked(Refused):
    """Guards stand in the way; `obstacles` names every one of them."""

    code = "blocked"

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(_("This cannot be done yet."), obstacles=obstacles)

    def __str__(self) -> str:
        return " ".join(str(obstacle) for obstacle in self.obstacles)


class IllegalMove(Refused):
    """The machine has no such way from where the thing stands now."""

    code = "illegal_move"


class Stale(Refused):
    """Someone was faster: the thing has moved since the page was loaded (409)."""

    code = "stale"

    def __init__(self, *, by: str = "", at: datetime | None = None, label: Any = "", url: str = "") -> None:
        super().__init__(_("Someone was faster: this has changed since you opened the page."))
        self.by = by
        self.at = at
        self.label = label
        self.url = url
