"""The Django app of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Dashboards, impact reports, exports."""

    name = "reporting"
    verbose_name = _("Reporting")
