"""The room of projects alone: conditions and consequences of later rooms are proved in their own tests."""

import weakref

import pytest

from workflows import registry, signals

OWN = ("grants.calls.", "grants.projects.", "workflows.")


def _is_own(function):
    return getattr(function, "__module__", "").startswith(OWN)


@pytest.fixture(autouse=True)
def _later_rooms_are_silent(monkeypatch):
    """Set aside the guards and receivers that rooms after this one have contributed."""
    guards = {key: [guard for guard in found if _is_own(guard)] for key, found in registry._guards.items()}
    monkeypatch.setattr(registry, "_guards", guards)
    kept = [entry for entry in signals.transitioned.receivers if _is_own(_function(entry[1]))]
    monkeypatch.setattr(signals.transitioned, "receivers", kept)
    signals.transitioned.sender_receivers_cache.clear()
    yield
    signals.transitioned.sender_receivers_cache.clear()


def _function(reference):
    """The receiver behind a weak reference."""
    return reference() if isinstance(reference, weakref.ReferenceType) else reference
