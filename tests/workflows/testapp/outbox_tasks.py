from workflows.delivery import outbox_task
from workflows.services import outbox

CALLS = []
"""What the toy tasks were told; a test empties it first."""
DEAD = []


@outbox_task("toy.note")
def note(word):
    CALLS.append(word)


@outbox_task("toy.stumble", max_tries=3, on_dead=DEAD.append)
def stumble(word):
    CALLS.append(word)
    raise RuntimeError(f"stumbled over {word}")


@outbox_task("toy.later")
def later(moment):
    from datetime import datetime

    from workflows import clock

    CALLS.append(moment)
    if clock.now() < datetime.fromisoformat(moment):
        raise outbox.Later(datetime.fromisoformat(moment), "too early")


@outbox_task("toy.drop", max_tries=2)
def drop(thing):
    raise RuntimeError(f"dropped {thing}")
