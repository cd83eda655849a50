"""What is announced is public: a funded project with its public facts, the results of a call. For everybody alike."""

from typing import Any

from grants.calls.permissions import is_public
from grants.projects.states import WITH_AWARD

DEFAULT_PUBLISHED = ("title", "applicant", "municipality", "awarded")
"""What is told of a funded project where its call does not say what it publishes."""


def can_read_funded(user: Any, project: Any) -> bool:
    """Anybody, once the award is announced: before that no project reaches these states."""
    return project.state in WITH_AWARD and is_public(project.call)


def can_read_results(user: Any, call: Any) -> bool:
    """Anybody, once a decision of the call is announced."""
    return is_public(call) and call.projects.filter(state__in=WITH_AWARD).exists()


def published_of(call: Any) -> frozenset[str]:
    """The fields of a funded project that the call's rules publish."""
    return frozenset(call.terms.part("decision", "publish") or DEFAULT_PUBLISHED)
