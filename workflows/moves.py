"""A move: one attempt to take a transition, with who, when, why and what was given."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """What guards and transition methods are told.

    by: the person, or SYSTEM · now: the one clock reading, UTC · note: the reason given · data: what the service
    passed · asking: true while a page only asks what could be done.
    """

    name: str
    by: Any
    now: datetime
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    asking: bool = False
