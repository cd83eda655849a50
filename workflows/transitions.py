"""How a transition is declared: with a permission, a label and guards, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import django_fsm
from django.core.exceptions import ImproperlyConfigured

from workflows.obstacles import Guard

Permission = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Spec:
    """What the engine knows of one transition; kept in django-fsm's `custom`."""

    permission: Permission
    label: Any
    guards: tuple[Guard, ...]
    system: bool
    note_required: bool
    locks_parent: bool
    logged: tuple[str, ...]
    dangerous: bool
    offered: bool


def transition(
    *,
    field: Any,
    source: Any,
    target: Any,
    permission: Permission,
    label: Any,
    guards: Sequence[Guard],
    system: bool = False,
    note_required: bool = False,
    locks_parent: bool = False,
    logged: Sequence[str] = (),
    dangerous: bool = False,
    offered: bool = True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a transition on a WorkflowModel. The method gets the `Move` and sets fields; `perform` saves them.

    permission(user, obj) -> bool says who may; there is no default. guards are asked inside the lock, all of them.
    system lets SYSTEM take it. note_required asks for a reason. locks_parent also locks the parent case (for money
    and numbers shared by a call). logged names the data that the log keeps. dangerous asks for confirmation on the
    page. offered=False keeps it off pages: another service takes it as a consequence.
    """
    if not callable(permission):
        raise ImproperlyConfigured("A transition needs a permission: permission(user, obj) -> bool.")
    if not label:
        raise ImproperlyConfigured("A transition needs a label: the words on its button.")
    spec = Spec(
        permission, label, tuple(guards), system, note_required, locks_parent, tuple(logged), dangerous, offered
    )
    declare = django_fsm.transition  # noqa: TID251  the only place that may
    return declare(
        field=field,
        source=source,
        target=target,
        permission=lambda obj, user: permission(user, obj),
        custom={"workflows": spec},
    )
