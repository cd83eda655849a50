"""The Django app of the house itself: its commands and its checks."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Registers the checks of the settings."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Load the checks."""
        from config import checks  # noqa: F401, PLC0415
