"""Blocks of the home page that belong to no slice."""

from typing import Any

from workflows import clock
from workflows.selectors import my_work, tasks_of

SHOWN = 5


def work_block(user: Any) -> dict[str, Any]:
    """What waits for this person: the most urgent few and how many there are in all. Two queries."""
    waiting = my_work(user)
    return {"tasks": tasks_of(list(waiting[:SHOWN]), clock.now()), "total": waiting.count()}
