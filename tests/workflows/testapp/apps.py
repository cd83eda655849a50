from django.apps import AppConfig


class TestappConfig(AppConfig):
    name = "tests.workflows.testapp"
    label = "testapp"

    def ready(self) -> None:
        from tests.workflows.testapp import workflow  # noqa: F401
