"""The Django app of the engine."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """Cases, machines, the log, work, deadlines, messages and jobs."""

    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        """Load checks, the engine's own kinds and tasks; put the database's guards in place after each migration."""
        from workflows import checks, checks_delivery, kinds, outbox_tasks, triggers  # noqa: F401, PLC0415  models first

        post_migrate.connect(triggers.install, dispatch_uid="workflows.triggers")
