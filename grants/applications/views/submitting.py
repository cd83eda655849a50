"""Submitting an application, and the log of everybody's tries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.applications.forms import KeyForm
from grants.applications.models import Application
from grants.applications.permissions import can_submit_application, can_view_attempts
from grants.applications.selectors import attempts_of, latest_version, progress_of
from grants.applications.services import submit_application
from grants.applications.views.common import crumbs_to, name_of, own_application, posted, visible_application
from grants.applications.views.tasks import obstacle_links
from grants.projects.states import ProjectState
from grants.questionnaires.forms import SectionForm, build_section_form
from workflows.exceptions import Blocked, Stale
from workflows.obstacles import Obstacle
from workflows.services import options_for
from workflows.text import current_language


@login_required
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """The last page before submitting: what stands in the way, else the declarations and the button."""
    application = own_application(request, pk)
    if not can_submit_application(request.user, application):
        raise PermissionDenied(_("Your role does not let you submit. Ask a member who may."))
    form, refused = KeyForm(posted(request)), []
    if request.method == "POST" and form.is_valid():
        try:
            version = submit_application(
                application=application, by=request.user, key=form.cleaned_data["key"], declarations=request.POST,
                language=current_language(),
            )  # fmt: skip
        except Blocked as refusal:
            refused = refusal.obstacles
        except Stale:
            return _already_there(request, application)
        else:
            return redirect(version)
    elif application.project.state != ProjectState.CALL:
        return redirect(application)
    return _confirm(request, application, form, refused)


def _already_there(request: HttpRequest, application: Application) -> HttpResponse:
    """Someone of the team submitted first: their receipt is what this person wanted. Any other step is a 409 page."""
    version = latest_version(application)
    if Application.objects.filter(pk=application.pk, project__state=ProjectState.APPLICATION).exists() and version:
        messages.info(request, _("The application had already been submitted. This is its receipt."))
        return redirect(version)
    raise Stale(url=application.get_absolute_url())


def _confirm(request: HttpRequest, application: Application, form: KeyForm, refused: list[Obstacle]) -> HttpResponse:
    progress = progress_of(application)
    missing = obstacle_links(application, progress.obstacles)
    other = [o for o in refused if o.code != "incomplete"] or _other_obstacles(request, application)
    declarations = [
        _as_typed(build_section_form(application.sheet, line.id, data=request.POST if refused else None), bool(refused))
        for line in progress.sections
        if line.is_declaration
    ]
    context = {
        "application": application, "project": application.project, "name": name_of(application), "form": form,
        "obstacles": [*other, *missing], "declarations": declarations, "crumbs": crumbs_to(application),
        "lines": [line for section in declarations for line in section.summary()] if refused else [],
        "declaration_ids": [line.id for line in progress.sections if line.is_declaration],
    }  # fmt: skip
    return render(request, "grants/applications/submit.html", context, status=400 if refused else 200)


def _other_obstacles(request: HttpRequest, application: Application) -> list[Obstacle]:
    """What beside missing answers stands in the way: the deadline, the limits of the call."""
    options = options_for([application.project], request.user)[application.project.pk]
    return [o for option in options if option.name == "submit" for o in option.obstacles if o.code != "incomplete"]


def _as_typed(section: SectionForm, tried: bool) -> SectionForm:
    """Before the button was pressed nobody is told that the statements are not confirmed yet."""
    if not tried:
        for question in section.questions:
            question.problems = []
    return section


@login_required
@require_safe
def attempts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every press of the submit button with the server's time and what came of it, for both sides."""
    application = visible_application(request, pk)
    if not can_view_attempts(request.user, application):
        raise PermissionDenied
    context = {
        "application": application, "project": application.project, "name": name_of(application),
        "page": Paginator(attempts_of(application), 25).get_page(request.GET.get("page")),
        "crumbs": crumbs_to(application),
    }  # fmt: skip
    return render(request, "grants/applications/attempts.html", context)
