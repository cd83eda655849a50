"""Panels: parts of a page that later rooms bring along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.registry import contributions


@dataclass(frozen=True)
class Panel:
    """A part of a page about one thing: its template, what it shows, and for whom.

    context(obj, user) gives the template's values; an empty mapping hides the panel. Give it to its place with
    `workflows.registry.contribute(place, Panel(…), order=…)`.
    """

    template: str
    context: Callable[[Any, Any], Mapping[str, Any]]
    visible: Callable[[Any], bool] = lambda user: True
    order: int = 100


@dataclass(frozen=True)
class ShownPanel:
    """A panel with its values for one reader."""

    template: str
    values: Mapping[str, Any]


def panels_for(place: str, obj: Any, user: Any) -> list[ShownPanel]:
    """The panels of a place that have something to show to this reader, in order."""
    panels = sorted((p for p in contributions(place) if p.visible(user)), key=lambda p: getattr(p, "order", 100))
    shown = (ShownPanel(panel.template, panel.context(obj, user)) for panel in panels)
    return [panel for panel in shown if panel.values]
