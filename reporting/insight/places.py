"""Which picture stands on which page: brought to the places that earlier rooms keep open."""

from grants.calls.pages import PANELS as CALL
from grants.money.views import PANELS as MONEY
from grants.programmes.views import PANELS as PLAN
from grants.projects.pages import PANELS as PROJECT
from grants.selection.views.coordinator import PANELS as RANKING
from reporting.insight import indicators, money, pipeline, plan, scores, spending, timeline
from reporting.pictures.sources import register_kind
from workflows.panels import Panel
from workflows.registry import contribute

TEMPLATE = "reporting/insight_panel.html"


def register_pictures() -> None:
    """Bring the pictures to their places, and their tables to their addresses."""
    for room in (indicators, money, pipeline, plan, scores, spending, timeline):
        register_kind(room.KIND, room.picture)
    contribute(PROJECT, Panel(TEMPLATE, timeline.panel, order=38))
    contribute(PROJECT, Panel(TEMPLATE, spending.panel, order=42))
    contribute(PROJECT, Panel(TEMPLATE, indicators.panel, order=58))
    contribute(CALL, Panel(TEMPLATE, pipeline.panel, order=10))
    contribute(RANKING, Panel(TEMPLATE, scores.panel))
    contribute(MONEY, Panel(TEMPLATE, money.panel))
    contribute(PLAN, Panel(TEMPLATE, plan.panel))
