"""The way back from the pages of selection."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.calls.models import Call
from grants.selection.permissions import can_manage_selection

Crumbs = list[tuple[Any, str]]


def crumbs_to_call(call: Call) -> Crumbs:
    """From the list of calls to the working page of one."""
    return [(_("Calls"), reverse("calls:staff_list")), (call.title, call.get_manage_url())]


def crumbs_to_decisions(call: Call) -> Crumbs:
    """On to its decisions."""
    return [*crumbs_to_call(call), (_("Decisions"), reverse("selection:decisions", args=[call.pk]))]


def crumbs_to_evaluators(call: Call, user: Any) -> Crumbs:
    """On to its evaluators; who does not lead the selection reads their reviews from the ranked table."""
    if can_manage_selection(user, call):
        last = (_("Evaluators"), reverse("selection:evaluators", args=[call.pk]))
    else:
        last = (_("Ranking"), reverse("selection:ranking", args=[call.pk]))
    return [*crumbs_to_call(call), last]


def crumbs_to_reviews() -> Crumbs:
    """To one's own reviews."""
    return [(_("My reviews"), reverse("selection:my_reviews"))]
