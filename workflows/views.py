"""The engine's pages: my work, and one page for any step that has none of its own."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workflows import clock
from workflows.exceptions import Blocked, IllegalMove, NotPermitted
from workflows.forms import StepForm
from workflows.models import WorkflowModel
from workflows.registry import Machine, State, machine_by_key, work_kind
from workflows.selectors import my_work, tasks_of
from workflows.services import options_for, perform
from workflows.services.perform import stale


@login_required
@require_safe
def my_work_page(request: HttpRequest) -> HttpResponse:
    """What waits for me now, by date; `kind` and `for` (audiences) narrow it. It empties itself as things are done."""
    waiting = my_work(request.user)
    if kind := request.GET.get("kind", ""):
        waiting = waiting.filter(kind=kind)
    if audiences := request.GET.getlist("for"):
        waiting = waiting.filter(audience__in=audiences)
    page = Paginator(waiting, 50).get_page(request.GET.get("page"))
    known = work_kind(kind)
    context = {
        "page": page, "tasks": tasks_of(list(page.object_list), clock.now()), "now": clock.now(),
        "kind": known.title if known else kind, "narrowed": bool(kind or audiences),
    }  # fmt: skip
    return render(request, "workflows/my_work.html", context)


def _machine_with_page(label: str, name: str) -> Machine:
    """The machine whose step the engine's page may take; 404 for steps with a page of their own or not offered."""
    machine = machine_by_key(label)
    if machine is None or machine.visible_to is None or name not in machine.steps or name in machine.urls:
        raise Http404
    if not machine.steps[name].spec.offered:
        raise Http404
    return machine


@login_required
def transition_page(request: HttpRequest, label: str, pk: int, name: str) -> HttpResponse:
    """One step of one thing: what it does, what stands in its way, the reason, and the button."""
    machine = _machine_with_page(label, name)
    assert machine.visible_to is not None  # _machine_with_page() saw to it
    obj = get_object_or_404(machine.visible_to(request.user), pk=pk)
    option = next((o for o in options_for([obj], request.user)[obj.pk] if o.name == name), None)
    spec = machine.steps[name].spec
    if option is None and not spec.permission(request.user, obj):
        raise NotPermitted
    if option is None and request.method != "POST":
        raise stale(obj)  # the step was there when the link was shown: somebody has taken it since
    if request.method == "POST":
        form = StepForm(request.POST, note_required=spec.note_required)
        if form.is_valid() and _take(request, obj, name, form):
            messages.success(request, _("Done: %(step)s.") % {"step": spec.label})
            return redirect(_back(obj))
    else:
        start = {"seen_version": obj.version, "key": secrets.token_urlsafe(16)}
        form = StepForm(initial=start, note_required=spec.note_required)
    context = {
        "obj": obj, "spec": spec, "option": option, "form": form, "back": _back(obj),
        "state": machine.state(obj.state_value), "target": _target(machine, obj, name),
    }  # fmt: skip
    return render(request, "workflows/transition.html", context, status=400 if form.errors else 200)


def _target(machine: Machine, obj: WorkflowModel, name: str) -> list[State]:
    """What the step leads to; nothing where the thing stays where it is or the step chooses."""
    targets = [value for value in machine.steps[name].targets if value != obj.state_value]
    return [machine.state(targets[0])] if len(targets) == 1 else []


def _take(request: HttpRequest, obj: WorkflowModel, name: str, form: StepForm) -> bool:
    """Take the step; obstacles become errors of the form, so that the reason typed stays."""
    data: dict[str, Any] = form.cleaned_data
    try:
        perform(obj, name, by=request.user, note=data["note"], key=data["key"] or None,
                seen_version=data["seen_version"])  # fmt: skip
    except (Blocked, IllegalMove) as refusal:
        for obstacle in refusal.obstacles:
            form.add_error(None, str(obstacle))
        return False
    return True


def _back(obj: WorkflowModel) -> str:
    """The working page of the thing where it has one besides its public page, else its page."""
    for name in ("get_manage_url", "get_absolute_url"):
        if hasattr(obj, name):
            return getattr(obj, name)()
    return "/"
