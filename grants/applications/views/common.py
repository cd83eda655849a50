"""What the pages of applications share."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.applications.models import Application
from grants.applications.selectors import applications_of_team, applications_visible_to
from workflows.exceptions import Blocked, IllegalMove, Refused


def visible_application(request: HttpRequest, pk: int) -> Application:
    """An application that the reader may see; the same 404 for a stranger's and for one that never was."""
    return get_object_or_404(applications_visible_to(request.user).select_related("sheet__questionnaire"), pk=pk)


def own_application(request: HttpRequest, pk: int) -> Application:
    """An application of the reader's own organisation: 404 for strangers, 403 for the funder's people."""
    found = applications_of_team(request.user).select_related("sheet__questionnaire").filter(pk=pk).first()
    if found is None:
        visible_application(request, pk)
        raise PermissionDenied(_("Only the applicant's own people may do this."))
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a POST, also where it is empty; None for a page that is only asked for."""
    return request.POST if request.method == "POST" else None


def name_of(application: Application) -> str:
    """How an application is called: its title, or its number while it has none."""
    return application.project.title or application.project.number


def crumbs_to(application: Application, *, page: bool = True) -> list[tuple[str, str]]:
    """The way from the list to the application (and, with `page`, to its own page)."""
    crumbs = [(_("Applications"), reverse("applications:list"))]
    return [*crumbs, (name_of(application), application.get_absolute_url())] if page else crumbs


def add_obstacles(form: Form, refusal: Refused) -> None:
    """Say on the form why a step was refused; what was typed stays."""
    for obstacle in refusal.obstacles:
        form.add_error(None, str(obstacle))


def tried(request: HttpRequest, form: Form, step: Any, done: str) -> bool:
    """Take a step for a valid form: True and a message when done; its obstacles on the form when refused."""
    try:
        step()
    except (Blocked, IllegalMove) as refusal:
        add_obstacles(form, refusal)
        return False
    messages.success(request, done)
    return True
