"""What the engine does: the one door, and the few doors beside it for events that move no state."""

from workflows.services.deadlines import clear_deadlines, pause_deadlines, resume_deadlines, set_deadline
from workflows.services.options import Option, options_for
from workflows.services.perform import begin, perform, perform_many, perform_together, reread
from workflows.services.work import close_work, open_work

__all__ = [
    "Option",
    "begin",
    "clear_deadlines",
    "close_work",
    "open_work",
    "options_for",
    "pause_deadlines",
    "perform",
    "perform_many",
    "perform_together",
    "reread",
    "resume_deadlines",
    "set_deadline",
]
