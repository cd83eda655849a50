"""Pages that ask before an application is given up, reopened or withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from grants.applications.forms import ReasonForm
from grants.applications.models import Application
from grants.applications.services import abandon_application, reopen_application, withdraw_application
from grants.applications.views.common import crumbs_to, name_of, posted, tried, visible_application
from workflows.formatting import moment_text
from workflows.registry import machine_of
from workflows.services import options_for

Service = Callable[..., Any]


def _ask(
    request: HttpRequest, pk: int, step: str, service: Service, words: Callable[[Application], dict[str, Any]]
) -> HttpResponse:
    """Ask, then take the step; who may not gets 403, what stands in the way is said."""
    application = visible_application(request, pk)
    project = application.project
    if not machine_of(project).step(step).spec.permission(request.user, project):
        raise PermissionDenied
    said = words(application)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = tried(
            request, form,
            lambda: service(application=application, by=request.user, reason=values["reason"], key=values["key"]),
            said["done"],
        )  # fmt: skip
        if done:
            return redirect(application)
    option = next((o for o in options_for([project], request.user)[project.pk] if o.name == step), None)
    context = {
        **said, "form": form, "back_url": application.get_absolute_url(), "crumbs": crumbs_to(application),
        "obstacles": option.obstacles if option else [], "possible": option is not None and option.allowed,
    }  # fmt: skip
    return render(request, "grants/applications/step.html", context, status=400 if form.errors else 200)


@login_required
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    return _ask(request, pk, "abandon", abandon_application, _abandon_words)


def _abandon_words(application: Application) -> dict[str, Any]:
    return {
        "title": _("Give up the application?"),
        "lead": name_of(application),
        "consequences": [
            _("It is not submitted and does not take part in the call."),
            _("Your team can still read it, but not change it."),
        ],
        "action_label": _("Give up the application"), "action_kind": "danger",
        "done": _("The application is given up."),
    }  # fmt: skip


@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submitted application back into work before the deadline."""
    return _ask(request, pk, "reopen", reopen_application, _reopen_words)


def _reopen_words(application: Application) -> dict[str, Any]:
    deadline = moment_text(application.project.deadline_at, application.project.call.time_zone)
    return {
        "title": _("Reopen the application?"),
        "lead": name_of(application),
        "consequences": [
            _("Until you submit it again, it does not take part in the call."),
            _("You can submit it again until %(deadline)s.") % {"deadline": deadline},
            _("What you submitted before is kept, with its receipt."),
        ],
        "action_label": _("Reopen the application"), "action_kind": "",
        "done": _("The application is open for editing. Do not forget to submit it again."),
    }  # fmt: skip


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submitted application back for good."""
    return _ask(request, pk, "withdraw", withdraw_application, _withdraw_words)


def _withdraw_words(application: Application) -> dict[str, Any]:
    return {
        "title": _("Withdraw the application?"),
        "lead": name_of(application),
        "consequences": [
            _("It will not be assessed."),
            _("This cannot be undone: to take part, a new application would have to be submitted in time."),
        ],
        "action_label": _("Withdraw the application"), "action_kind": "danger",
        "done": _("The application is withdrawn."),
    }  # fmt: skip
