"""What the relay and the worker of a test run on: the product's settings from the environment, and the toy app."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workflows.testapp"]
