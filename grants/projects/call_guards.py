"""What projects ask of the steps of their call: nothing is concluded or put away over their heads."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.projects.models import Project
from grants.projects.states import RUNNING_STATES, ProjectState
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.registry import contribute_guard

WAITING = (ProjectState.APPLICATION, ProjectState.SELECTION)


def _list_of(call: Any, state: str) -> str:
    return f"{reverse('projects:list')}?call={call.pk}&state={state}"


def every_application_has_its_answer(call: Any, move: Move) -> Obstacle | None:
    """Deciding is concluded once no application waits for its answer."""
    first = Project.objects.filter(call=call, state__in=WAITING).order_by("ordinal").first()
    if first is None:
        return None
    return Obstacle("waiting", _("Some applications have no decision yet."), _list_of(call, first.state))


def nothing_is_running(call: Any, move: Move) -> Obstacle | None:
    """A call is put away once none of its projects is running or on the reserve list."""
    first = Project.objects.filter(call=call, state__in=(*RUNNING_STATES, ProjectState.RESERVE)).first()
    if first is None:
        return None
    return Obstacle("running", _("Some projects of the call are not closed yet."), _list_of(call, first.state))


contribute_guard("grants.call", "decide", every_application_has_its_answer)
contribute_guard("grants.call", "archive", nothing_is_running)
