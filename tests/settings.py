"""The product's settings as tests see them: nothing of the developer's own environment, nothing kept."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.environment import VARIABLES

if "PAZANGA_TEST_DIR" not in os.environ:  # subprocesses of a test share the folder of the test that started them
    os.environ["PAZANGA_TEST_DIR"] = tempfile.mkdtemp(prefix="pazanga-test-")
    atexit.register(shutil.rmtree, os.environ["PAZANGA_TEST_DIR"], ignore_errors=True)
TEST_DIR = Path(os.environ["PAZANGA_TEST_DIR"])

SET_HERE = {"ENV_FILE", "VAR_DIR", "DATABASE_URL", "DEBUG", "HTTPS", "SECRET_KEY"}
os.environ["ENV_FILE"] = "/dev/null"
os.environ["VAR_DIR"] = str(TEST_DIR)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{TEST_DIR / 'unused.sqlite3'}"
os.environ["DEBUG"] = "off"
os.environ["HTTPS"] = "off"
os.environ["SECRET_KEY"] = "a-key-for-tests-only-that-is-long-enough-and-guards-nothing-at-all"
for variable in VARIABLES:
    if variable.name not in SET_HERE:
        os.environ.pop(variable.name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workflows.testapp"]  # the toy app on which the engine is proved
CLOCK_MAY_BE_REPLACED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads and processes of a test meet the same locks as in the product.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
