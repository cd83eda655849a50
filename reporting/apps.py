"""The Django app of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Dashboards, impact reports, exports."""

    name = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        """Put the home page and one's own work first in the menu, and that work first on the home page."""
        import reporting.impact.workflow  # noqa: F401, PLC0415  # apps must be loaded first
        from reporting.blocks import work_block  # noqa: PLC0415  # apps must be loaded first
        from workflows.navigation import register_home_block, register_nav, signed_in  # noqa: PLC0415

        register_nav("home", _("Home"), "home", order=0)
        register_nav("my-work", _("My work"), "workflows:my_work", visible=signed_in, order=5)
        register_home_block("reporting/work_block.html", work_block, audience=signed_in, order=0)
