"""Settings that are wrong are refused in sentences, before a server listens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks

from config.processes import die_with_parent
from config.settings import INSECURE_KEY
from tests.architecture.sources import ROOT
from tests.services import MEASURING

PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": "pJ3xW8vN5qL2mR7tZ9cB4dF6gH1kS0aYpJ3xW8vN5qL2mR7tZ9cB4dF6gH1kS0aY",
    "ALLOWED_HOSTS": "pazanga.example",
    "SITE_URL": "https://pazanga.example",
    "DATABASE_URL": "postgres://user:password@database.example/pazanga",
    "REDIS_URL": "redis://queue.example:6379/0",
    "CACHE_URL": "redis://queue.example:6379/1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "S3_BUCKET": "files",
    "S3_ENDPOINT": "https://s3.example",
}


def run(*command: str, tmp_path, **variables: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", MEASURING) if name in os.environ}
    environment = {**kept, "ENV_FILE": "/dev/null", "VAR_DIR": str(tmp_path / "var"), **variables}
    return subprocess.run(
        [sys.executable, *command],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, preexec_fn=die_with_parent(),
    )  # fmt: skip


def test_production_settings_are_clean(tmp_path):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": INSECURE_KEY}, ["SECRET_KEY is not set, and DEBUG is off."]),
        ({"SECRET_KEY": "short"}, ["SECRET_KEY has fewer than 50 characters."]),
        ({"SECRET_KEY": "short", "DEBUG": True}, []),
        ({"ENVIRONMENT_PROBLEMS": ["DEBUG must be on or off."]}, ["DEBUG must be on or off."]),
        ({"S3_OPTIONS": {"access_key": "a", "secret_key": None}}, ["S3_ACCESS_KEY and S3_SECRET_KEY belong together."]),
        ({"VAR_DIR": Path("/proc/1/nowhere")}, ["VAR_DIR /proc/1/nowhere cannot be written to."]),
        ({}, []),
    ],
)
def test_what_is_wrong_is_said(settings, changed, said):
    for name, value in changed.items():
        setattr(settings, name, value)
    assert [message.msg for message in checks.run_checks(tags=["environment"])] == said


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("-c", "import config.wsgi"), id="web"),
        pytest.param(("-m", "celery", "-A", "config.celery", "worker", "-P", "solo"), id="worker"),
        pytest.param(("manage.py", "prepare"), id="prepare"),
    ],
)
def test_a_server_does_not_start_on_wrong_settings(tmp_path, command):
    done = run(*command, tmp_path=tmp_path, **{**PRODUCTION, "SECRET_KEY": "", "DEBUG": "perhaps", "HTTPS": "on"})
    assert done.returncode != 0
    assert "Pažanga does not start:\n  DEBUG must be on or off, not “perhaps”." in done.stderr
    assert "Traceback" not in done.stderr


def test_the_deploy_check_names_what_only_a_demonstration_may_have(tmp_path):
    shown = {**PRODUCTION, "DEMO": "on", "EMAIL_URL": "", "SITE_URL": "", "DATABASE_URL": ""}
    done = run("manage.py", "check", "--deploy", tmp_path=tmp_path, **shown)
    assert [word for word in ("W001", "W002", "W003", "W004") if f"pazanga.{word}" not in done.stderr] == []


COOKIES = "SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME, SESSION_COOKIE_SECURE"


@pytest.mark.parametrize(
    ("https", "names"),
    [
        ("on", "('__Host-session', '__Host-csrf', '__Host-language', True)"),
        ("off", "('session', 'csrf', 'language', False)"),
    ],
)
def test_cookies_are_bound_to_the_host_where_there_is_https(tmp_path, https, names):
    asked = f"from config.settings import *; print(({COOKIES}))"
    done = run("-c", asked, tmp_path=tmp_path, **{**PRODUCTION, "HTTPS": https})
    assert done.stdout.strip() == names


@pytest.mark.parametrize(
    ("command", "variables", "said"),
    [
        (("-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"), {"WEB_WORKERS": "many"},
         "WEB_WORKERS must be a whole number from 1 to 1000, not “many”."),
        (("-m", "celery", "-A", "config.beat", "beat", "--pidfile="), {"REDIS_URL": "http://queue"},
         "REDIS_URL must start with redis:// or rediss:// or unix://."),
        (("manage.py", "relay"), {"REDIS_URL": "http://queue"},
         "REDIS_URL must start with redis:// or rediss:// or unix://."),
        (("manage.py", "prepare"), {"DATABASE_URL": "postgres://user:p@host:a/b"}, "DATABASE_URL cannot be read"),
        (("manage.py", "prepare"), {"WEB_LOG_LEVEL": "loud"}, "WEB_LOG_LEVEL must be one of"),
        (("manage.py", "prepare"), {"VAR_DIR": "/proc/1/nowhere/var"}, "VAR_DIR /proc/1/nowhere/var cannot be made: "),
    ],
    ids=lambda value: value[-2] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_every_part_names_what_is_wrong_and_does_not_start(tmp_path, command, variables, said):
    done = run(*command, tmp_path=tmp_path, **{**PRODUCTION, **variables})
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_bucket_becomes_the_place_of_files(tmp_path):
    """Without the network: the storage is made, a name is signed, nothing is asked of the store."""
    asked = (
        "import django; django.setup()\n"
        "from django.core.files.storage import default_storage as storage\n"
        "url = storage.url('documents/a b.pdf')\n"
        "print(type(storage._wrapped).__name__, storage.bucket_name, storage.default_acl, storage.file_overwrite)\n"
        "print(url.split('?')[0], 'Signature=' in url)\n"
    )
    keys = {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret", "S3_REGION": "eu-north-1"}
    variables = {**PRODUCTION, **keys, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = run("-c", asked, tmp_path=tmp_path, **variables)
    assert done.stdout.splitlines() == [
        "S3Storage files private False",
        "https://s3.example/files/documents/a%20b.pdf True",
    ], done.stderr


@pytest.mark.parametrize(
    ("database", "sentence"),
    [
        ("postgres://user:password@127.0.0.1:1/pazanga", "The database of DATABASE_URL does not answer: connection"),
        ("", "The database is not prepared for this version yet: run `manage.py prepare` first."),
    ],
)
def test_a_database_that_cannot_serve_is_one_sentence(tmp_path, database, sentence):
    (tmp_path / "var").mkdir()
    result = run("manage.py", "verify_log", tmp_path=tmp_path, DATABASE_URL=database)
    assert result.returncode == 1
    assert result.stderr.startswith(sentence)
    assert len(result.stderr.splitlines()) == 1
