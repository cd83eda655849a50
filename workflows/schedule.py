"""How often the engine's timed tasks run: plain data without Django, since the clock of tasks loads none.

Intervals only: a time of day would fall silent for an hour when clocks change. What is due, the database is asked.
"""

from datetime import timedelta

SCHEDULE: dict[str, timedelta] = {
    "workflows.tasks.remind": timedelta(minutes=1),
    "workflows.tasks.canary": timedelta(minutes=1),
    "workflows.tasks.seal": timedelta(hours=1),
    "workflows.tasks.sweep": timedelta(hours=6),
}
"""Task name → how often."""
