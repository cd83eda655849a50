"""Blocks of the home page: the team's own projects, and for staff how many stand where in each call."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from grants.accounts.permissions import is_staff_member
from grants.calls.models import Call
from grants.calls.states import CallState
from grants.projects.pages import rows_of, with_shown
from grants.projects.selectors import projects_of_team, projects_visible_to_staff
from grants.projects.states import ENDED_STATES, ProjectState

SHOWN = 5
COUNTED = (
    ProjectState.CALL,
    ProjectState.APPLICATION,
    ProjectState.SELECTION,
    ProjectState.RESERVE,
    ProjectState.IMPLEMENTATION,
    ProjectState.EVALUATION,
    ProjectState.CLOSED,
)
OUT_OF_HAND = (CallState.DRAFT, CallState.ARCHIVED, CallState.CANCELLED)


def own_projects(user: Any) -> dict[str, Any]:
    """The team's projects that are not over, the youngest first, and how many there are. Empty without any."""
    mine = with_shown(projects_of_team(user)).exclude(state__in=ENDED_STATES).order_by("-pk")
    rows = rows_of(list(mine[:SHOWN]), user)
    return {"rows": rows, "total": mine.count()} if rows else {}


def calls_in_hand(user: Any) -> dict[str, Any]:
    """For staff: one row per call under way with its projects counted by state, each number a link. Two queries."""
    if not is_staff_member(user):
        return {}
    counts: dict[int, dict[str, int]] = {}
    visible = projects_visible_to_staff(user).exclude(call__state__in=OUT_OF_HAND)
    for one in visible.order_by().values("call_id", "state").annotate(n=Count("pk")):
        counts.setdefault(one["call_id"], {})[one["state"]] = one["n"]
    calls = Call.objects.filter(pk__in=counts).order_by("-opens_at", "code")
    address = reverse("projects:list")
    rows = [
        {
            "call": call,
            "cells": [
                {
                    "label": state.label,
                    "n": counts[call.pk].get(state, 0),
                    "url": f"{address}?call={call.pk}&state={state}",
                }
                for state in COUNTED
            ],
        }
        for call in calls
    ]
    return {"columns": [state.label for state in COUNTED], "rows": rows} if rows else {}
