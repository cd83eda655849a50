"""An obstacle: why something cannot be done now, in the reader's language, and where it can be mended."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from workflows.moves import Move


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason. `code` is stable for programs, `message` a (lazy) sentence, `url` leads to the cure or is empty."""

    code: str
    message: Any
    url: str = ""

    def __str__(self) -> str:
        return str(self.message)


class Guard(Protocol):
    """A condition of a transition: answers an obstacle, or None where nothing stands in the way.

    While a page only asks what could be done, `move.data` is empty and `move.asking` is true.
    """

    def __call__(self, obj: Any, move: "Move", /) -> Obstacle | None:
        """Answer what stands in the way of this move of this object."""
        ...
