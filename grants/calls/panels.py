"""Panels live in the engine's room, so that money and programmes have places for them too."""

from workflows.panels import Panel, panels_for

__all__ = ["Panel", "panels_for"]
