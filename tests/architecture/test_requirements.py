"""The requirement files: hashed, without addresses, and one set of versions."""

import re

import pytest

from tests.architecture.sources import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)


def text(kind: str) -> str:
    return (ROOT / "requirements" / f"{kind}.txt").read_text()


def pins(kind: str) -> dict[str, str]:
    return dict(PIN.findall(text(kind)))


def test_what_runs_the_product_is_what_is_tested():
    runs, tested = pins("base"), pins("dev")
    assert {name: version for name, version in runs.items() if tested.get(name) != version} == {}


@pytest.mark.parametrize("kind", ["base", "dev"])
def test_every_pin_has_a_hash_and_no_address(kind):
    content = text(kind)
    assert "://" not in content
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", content).strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_only_one_package_brings_django_fsm():
    assert {name for name in pins("dev") if name.replace("_", "-").startswith("django-fsm")} == {"django-fsm-2"}


def test_celery_stays_below_the_version_whose_worker_dies_with_the_broker():
    assert pins("base")["celery"].startswith("5.6.")
