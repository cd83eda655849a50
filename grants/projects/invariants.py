"""What the database itself holds of a project: a state never without its facts, a fact never without its state."""

from collections.abc import Iterable

from django.db.models import BaseConstraint, CheckConstraint, F, Q, UniqueConstraint

from grants.projects.states import (
    ENDED_STATES,
    HOLDABLE_STATES,
    IN_ASSESSMENT_STATES,
    NOT_SUBMITTED,
    REFUSED_STATES,
    WITH_AWARD,
    ProjectState,
)

S = ProjectState


def _in(states: Iterable[str]) -> Q:
    return Q(state__in=[str(state) for state in states])


def _exactly_in(states: Iterable[str], fact: str) -> Q:
    """The fact is there in these states and in no other."""
    return (_in(states) & Q(**{f"{fact}__isnull": False})) | (~_in(states) & Q(**{f"{fact}__isnull": True}))


CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(condition=Q(state__in=S.values), name="project_state_known"),
    UniqueConstraint(fields=["call", "ordinal"], name="project_ordinal_once"),
    CheckConstraint(condition=Q(ordinal__gte=1), name="project_ordinal_from_one"),
    CheckConstraint(condition=~Q(number=""), name="project_numbered"),
    CheckConstraint(
        condition=(_in(NOT_SUBMITTED) & Q(submitted_at__isnull=True))
        | (_in((*IN_ASSESSMENT_STATES, *REFUSED_STATES, S.WITHDRAWN)) & Q(submitted_at__isnull=False))
        | _in(WITH_AWARD),  # an allocation was never submitted
        name="project_submitted_fits_state",
    ),
    CheckConstraint(
        condition=(_in((*NOT_SUBMITTED, S.APPLICATION, S.SELECTION)) & Q(decided_at__isnull=True))
        | (_in((*WITH_AWARD, *REFUSED_STATES, S.RESERVE)) & Q(decided_at__isnull=False))
        | _in([S.WITHDRAWN]),
        name="project_decided_fits_state",
    ),
    CheckConstraint(
        condition=(_in([S.IMPLEMENTATION, S.TERMINATED]) & Q(awarded_amount__isnull=False))
        | _in([S.EVALUATION, S.CLOSED])  # a recognised entry has no sum
        | (~_in(WITH_AWARD) & Q(awarded_amount__isnull=True)),
        name="project_awarded_fits_state",
    ),
    CheckConstraint(
        condition=Q(awarded_amount__isnull=True) | Q(awarded_amount__gt=0), name="project_awarded_something"
    ),
    CheckConstraint(
        condition=Q(requested_amount__isnull=True) | Q(requested_amount__gte=0), name="project_requested_not_negative"
    ),
    CheckConstraint(condition=_exactly_in(ENDED_STATES, "ended_at"), name="project_ended_fits_state"),
    CheckConstraint(
        condition=(_in(REFUSED_STATES) & Q(returns_to__in=[str(s) for s in IN_ASSESSMENT_STATES]))
        | (~_in(REFUSED_STATES) & Q(returns_to="")),
        name="project_returns_fits_state",
    ),
    CheckConstraint(condition=Q(held_since__isnull=True) | _in(HOLDABLE_STATES), name="project_held_fits_state"),
    CheckConstraint(
        condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name="project_dates_in_order",
    ),
]
