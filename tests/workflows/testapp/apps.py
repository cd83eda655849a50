from django.apps import AppConfig


class TestappConfig(AppConfig):
    name = "tests.workflows.testapp"
    label = "testapp"

    def ready(self) -> None:
        from tests.workflows.testapp import jobs, messages, outbox_tasks, workflow  # noqa: F401
