"""The lists behind numbers of home pages that no slice has: deadlines, reminders, jobs, the check of the log."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.calls.zones import day_ends
from reporting.homes import checking
from reporting.homes.administrator import lonely
from reporting.homes.deadlines import deadlines_visible_to, zone
from reporting.homes.system import reminders_of_week
from workflows import clock
from workflows.delivery_policy import jobs_visible_to, reads_all_messages
from workflows.jobs import job_label
from workflows.ladders import deadline_label
from workflows.models import Job

PAGE = 50
DAYS = ("7", "30")


@login_required
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Deadlines that the reader follows: of a kind, of a day, within some days, or those that have passed."""
    now, rows = clock.now(), deadlines_visible_to(request.user)
    kind, day, words = request.GET.get("kind", ""), _day(request.GET.get("day", "")), []
    if kind:
        rows, words = rows.filter(kind=kind), [str(deadline_label(kind))]
    if day is not None:
        end = day_ends(day, str(zone()))
        rows = rows.filter(due_at__gte=now, due_at__gt=end - timedelta(days=1), due_at__lte=end)
    elif request.GET.get("within") in DAYS:
        rows = rows.filter(due_at__gte=now, due_at__lte=now + timedelta(days=int(request.GET["within"])))
    elif request.GET.get("show") == "late":
        rows = rows.filter(due_at__lt=now)
    page = Paginator(rows.select_related("case").order_by("due_at", "pk"), PAGE).get_page(request.GET.get("page"))
    shown = [{"deadline": one, "label": deadline_label(one.kind)} for one in page.object_list]
    context = {"page": page, "rows": shown, "tabs": _tabs(request), "words": " · ".join(words), "day": day}
    return render(request, "reporting/homes/deadlines.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    within, late = request.GET.get("within", ""), request.GET.get("show") == "late"
    narrowed = bool(request.GET.get("kind") or request.GET.get("day"))
    return [
        {"label": _("Seven days"), "url": "?within=7", "current": within == "7" and not narrowed},
        {"label": _("Thirty days"), "url": "?within=30", "current": within == "30" and not narrowed},
        {"label": _("All"), "url": "?", "current": not within and not late and not narrowed},
        {"label": _("Passed"), "url": "?show=late", "current": late and not narrowed},
    ]


@login_required
@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """Reminders that leave by themselves within seven days, for those who read all messages."""
    if not reads_all_messages(request.user):
        raise PermissionDenied
    coming = reminders_of_week(request.user, clock.now()).select_related("deadline__case")
    page = Paginator(coming.order_by("send_at", "pk"), PAGE).get_page(request.GET.get("page"))
    rows = [{"rung": one, "label": deadline_label(one.deadline.kind)} for one in page.object_list]
    opens = has_role(request.user, Role.COORDINATOR, Role.HEAD)  # an administrator reads letters, not cases
    return render(request, "reporting/homes/reminders.html", {"page": page, "rows": rows, "opens": opens})


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Long pieces of work that the reader asked for, and for staff those of others."""
    state = request.GET.get("state", "")
    found = jobs_visible_to(request.user).select_related("case", "requested_by")
    if state in Job.State.values:
        found = found.filter(state=state)
    tabs = [{"label": _("All"), "url": "?", "current": state not in Job.State.values}]
    tabs += [
        {"label": label.capitalize(), "url": f"?state={key}", "current": key == state}
        for key, label in Job.State.choices
    ]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"job": one, "label": job_label(one.kind)} for one in page.object_list]
    return render(request, "reporting/homes/jobs.html", {"page": page, "rows": rows, "tabs": tabs})


@login_required
@require_safe
def organisations_alone(request: HttpRequest) -> HttpResponse:
    """Organisations with members but without a second administrator, for those who may help them."""
    if not has_role(request.user, Role.COORDINATOR, Role.ADMINISTRATOR):
        raise PermissionDenied
    rows = lonely().select_related("municipality").order_by("search_text", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/homes/lonely.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log_check(request: HttpRequest) -> HttpResponse:
    """Whether the log is whole: what the last check found, and a new check."""
    if not checking.can_check_log(request.user):
        raise PermissionDenied
    if request.method == "POST":
        job = checking.check_log(by=request.user, key=request.POST.get("key") or secrets.token_urlsafe(16))
        messages.success(request, _("The check has begun. It reads every step of every case."))
        return redirect(job)
    done = checking.checks().filter(state=Job.State.DONE).first()
    context = {
        "job": done, "key": secrets.token_urlsafe(16),
        "findings": checking.findings_for(request.user, done) if done else [],
    }  # fmt: skip
    return render(request, "reporting/homes/log_check.html", context)
