"""Machines drawn from code: a Mermaid picture and a table for each, in docs/machines/."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils import translation

from workflows.registry import Machine, guards_of, machines


def folder() -> Path:
    """Where the drawings live."""
    return Path(settings.BASE_DIR) / "docs" / "machines"


def drawings() -> dict[str, str]:
    """File name -> text of every machine of the product, and an index; the same code gives the same text."""
    with translation.override("en"):
        own = [machine for machine in machines() if not machine.model.__module__.startswith("tests.")]
        pages = {f"{machine.key}.md": page(machine) for machine in own}
        lines = ["# Machines", "", "Drawn from code by `manage.py draw_workflows`; CI fails when they differ.", ""]
        lines += [f"- [{machine.label}]({machine.key}.md)" for machine in own]
        return {"README.md": "\n".join([*lines, ""]), **pages}


def page(machine: Machine) -> str:
    """One machine as a page: picture, states, transitions with who may and which guards."""
    lines = [f"# Machine: {machine.label}", ""]
    if machine.description:
        lines += [str(machine.description), ""]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {machine.initial}"]
    lines += [f"    {source} --> {target}: {name}" for name, source, target in _edges(machine)]
    lines += [f"    {value} --> [*]" for value, state in machine.states.items() if state.final]
    lines += ["```", "", "| state | words | stage | whose turn |", "| --- | --- | --- | --- |"]
    for value, state in machine.states.items():
        work = ", ".join(sorted({item.kind for item in state.work})) or "–"
        lines.append(f"| `{value}` | {state.label} | {state.stage or '–'} | {work} |")
    lines += ["", "| transition | words | from | to | who may | guards |", "| --- | --- | --- | --- | --- | --- |"]
    for name, step in machine.steps.items():
        guards = ", ".join(f"`{_name(guard)}`" for guard in guards_of(machine, name)) or "–"
        who = f"`{_name(step.spec.permission)}`" + (", the system" if step.spec.system else "")
        sources = ", ".join(f"`{s}`" for s in _in_order(machine, step.sources))
        targets = ", ".join(f"`{t}`" for t in step.targets)
        lines.append(f"| `{name}` | {step.spec.label} | {sources} | {targets} | {who} | {guards} |")
    return "\n".join([*lines, ""])


def _name(function: object) -> str:
    return getattr(function, "__name__", type(function).__name__)


def _in_order(machine: Machine, values: Iterable[str]) -> list[str]:
    order = list(machine.states)
    return sorted(values, key=lambda value: order.index(value) if value in order else -1)


def _edges(machine: Machine) -> list[tuple[str, str, str]]:
    edges = []
    for name, step in machine.steps.items():
        for source in _in_order(machine, step.sources):
            every = (
                [value for value in machine.states if value not in step.targets] if source in {"*", "+"} else [source]
            )
            edges += [(name, start, target) for start in every for target in step.targets]
    return edges
