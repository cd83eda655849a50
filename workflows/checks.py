"""System checks: a machine that could be got around does not start."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django_fsm import FSMField

from workflows.models.base import WorkflowModel
from workflows.registry import machine_by_key


@register("workflows")
def check_machines(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every state field stands on a WorkflowModel, is protected, is registered, and moves only by our transitions."""
    found: list[CheckMessage] = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FSMField):
                found += _check_field(model, field)
    return found


def _check_field(model: Any, field: FSMField) -> list[CheckMessage]:
    name = f"{model._meta.label}.{field.name}"
    problems: list[CheckMessage] = []
    if not issubclass(model, WorkflowModel):
        problems.append(
            Error(f"{name} is a state outside a WorkflowModel.", hint="Inherit from it.", id="workflows.E001")
        )
    if not field.protected:
        problems.append(Error(f"{name} is not protected.", hint="Say protected=True.", id="workflows.E002"))
    raw = [t.name for t in field.get_all_transitions(model) if "workflows" not in (t.custom or {})]
    if raw:
        problems.append(
            Error(
                f"{name} has raw transitions: {', '.join(sorted(raw))}.",
                hint="Declare them with workflows.transitions.transition.",
                id="workflows.E003",
            )
        )
    elif machine_by_key(model._meta.label_lower) is None:
        problems.append(
            Error(f"{name} has no registered machine.", hint="Register it in workflow.py.", id="workflows.E004")
        )
    return problems
