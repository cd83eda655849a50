"""What can be done now, and for what can't, every reason why: in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from workflows import clock, policy
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.registry import Machine, machine_of
from workflows.services.perform import obstacles_of


@dataclass(frozen=True, slots=True)
class Option:
    """One transition that this person may take here, and what stands in its way now."""

    name: str
    label: Any
    obstacles: tuple[Obstacle, ...]
    note_required: bool
    dangerous: bool
    url: str

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles


def address_of(machine: Machine, obj: WorkflowModel, name: str) -> str:
    """Where this transition is taken: its own page, or the engine's."""
    if name in machine.urls:
        return machine.urls[name](obj)
    return reverse("workflows:transition", args=[machine.key, obj.pk, name])


def options_for(objects: Sequence[WorkflowModel], user: Any) -> dict[int, list[Option]]:
    """For each object (all of one model), the transitions that the person may take, each with its obstacles.

    Transitions that the person has no right to are left out. The machine's `prepare` loads what guards need at once.
    """
    if not objects:
        return {}
    machine = machine_of(objects[0])
    answers: dict[int, list[Option]] = {}
    with clock.reading(), policy.remembering():
        now = clock.now()
        machine.prepare(objects, user)
        for obj in objects:
            answers[obj.pk] = [
                Option(
                    name,
                    step.spec.label,
                    tuple(obstacles_of(machine, obj, Move(name, user, now, asking=True))),
                    step.spec.note_required,
                    step.spec.dangerous,
                    address_of(machine, obj, name),
                )
                for name, step in machine.steps.items()
                if step.spec.offered
                and machine.allowed_from(obj.state_value, name)
                and user.is_authenticated
                and step.spec.permission(user, obj)
            ]
    return answers
