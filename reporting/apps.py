"""The Django app of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Dashboards, impact reports, exports."""

    name = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        """Put the home page first in the menu."""
        from workflows.navigation import register_nav  # noqa: PLC0415  # apps must be loaded first

        register_nav("home", _("Home"), "home", order=0)
