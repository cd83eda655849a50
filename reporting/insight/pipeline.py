"""Where the projects of a call, or of all calls, stand; as far as a person may see them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.accounts.permissions import is_staff_member
from grants.calls.models import Call
from grants.calls.selectors import calls_visible_to_staff
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to_staff
from grants.projects.states import STAGE_OF, ProjectState, Stage
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.pipeline import StageCount, Standing, pipeline_picture
from reporting.pictures.sources import as_of_now, by_id, csv_address

KIND, ALL = "pipeline", "all"


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture of a call by its id, or of `all` that the person sees."""
    if key == ALL:
        return of_everything(user)
    call = by_id(calls_visible_to_staff(user), key)
    return None if call is None else of_call(call, user)


def of_everything(user: Any) -> Picture | None:
    """The picture of every project that the person sees for the funder; None without any. One query."""
    return _picture(projects_visible_to_staff(user), ALL, "") if is_staff_member(user) else None


def of_call(call: Call, user: Any) -> Picture | None:
    """The picture of a call's projects, as far as the person sees them for the funder; None without any. One query."""
    return _picture(projects_visible_to_staff(user).filter(call=call), str(call.pk), str(call.pk))


def _picture(projects: QuerySet[Project], key: str, call: str) -> Picture | None:
    counts = dict(projects.order_by().values_list("state").annotate(n=Count("pk")))
    if not counts:
        return None
    stages = tuple(
        StageCount(
            str(stage.label),
            tuple(
                Standing(str(state.label), counts.get(state.value, 0), _list(state, call))
                for state in ProjectState
                if STAGE_OF[state] == stage
            ),
        )
        for stage in Stage
    )
    rows_url = reverse("projects:list") + (f"?{urlencode({'call': call})}" if call else "")
    formula = _("Each project is counted once, in the stage in which it stands or ended.")
    ask = Ask(formula, as_of_now(), _("the list of these projects"), rows_url)
    return pipeline_picture(stages, name=KIND).with_source(ask, csv_address(KIND, key))


def _list(state: ProjectState, call: str) -> str:
    query = {"state": state.value} | ({"call": call} if call else {})
    return f"{reverse('projects:list')}?{urlencode(query)}"


def panel(call: Call, user: Any) -> dict[str, Any]:
    """The picture on the working page of a call."""
    found = of_call(call, user)
    return {"picture": found} if found else {}
