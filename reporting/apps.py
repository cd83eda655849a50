"""The Django app of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Dashboards, impact reports, exports."""

    name = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        """Put the home page and one's own work first in the menu, and that work first on the home page."""
        from grants.accounts.permissions import holds  # noqa: PLC0415
        from grants.accounts.states import Role  # noqa: PLC0415
        from grants.calls.pages import PANELS as CALL_PANELS  # noqa: PLC0415  # apps must be loaded first
        from grants.projects.pages import PANELS as PROJECT_PANELS  # noqa: PLC0415
        from reporting.homes import checking  # noqa: F401, PLC0415
        from reporting.impact import jobs, panels, verbs, workflow  # noqa: F401, PLC0415
        from reporting.insight.places import register_pictures  # noqa: PLC0415
        from reporting.showcase import verbs as public_verbs  # noqa: F401, PLC0415
        from workflows.navigation import everybody, register_foot, register_nav, signed_in  # noqa: PLC0415
        from workflows.panels import Panel  # noqa: PLC0415
        from workflows.registry import contribute  # noqa: PLC0415

        register_nav("home", _("Home"), "home", order=0, first_for=everybody)
        register_nav("my-work", _("My work"), "workflows:my_work", visible=signed_in, order=50)
        register_nav("impact", _("Impact"), "impact:list", order=40, first_for=holds(Role.HEAD, Role.AUDITOR))
        contribute(PROJECT_PANELS, Panel("reporting/impact/_panel.html", panels.project_panel), order=90)
        contribute(CALL_PANELS, Panel("reporting/impact/_panel.html", panels.call_panel), order=90)
        register_pictures()
        register_foot("help", _("Help"), "help", order=10)
        register_foot("how", _("How decisions are made"), "showcase:how", order=20)
        register_foot("glossary", _("Words"), "glossary", order=30)
        register_foot("search", _("Search"), "search", order=40)
        register_foot("accessibility", _("Accessibility"), "accessibility", order=50)
