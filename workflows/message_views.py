"""Messages: what will leave, what has left with its exact words, what could not."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from workflows import clock
from workflows.delivery_policy import messages_visible_to, reads_all_messages
from workflows.exceptions import NotPermitted, Refused
from workflows.messages import message_label
from workflows.models import Message
from workflows.services.message_care import can_handle, cancel_message, resend_to, retry_message
from workflows.services.reminding import coming_reminders

State = Message.State
SHOWN: Final[dict[str, tuple[Any, Q]]] = {
    "leaving": (gettext_lazy("Will leave"), Q(state__in=[State.QUEUED, State.SENDING, State.FAILED])),
    "left": (gettext_lazy("Have left"), Q(state=State.SENT)),
    "stuck": (gettext_lazy("Could not be sent"), Q(state=State.DEAD)),
}


class AddressForm(forms.Form):
    """Where the words should go instead."""

    email = forms.EmailField(
        label=gettext_lazy("Send it to this address instead"),
        error_messages={
            "required": gettext_lazy("Type an e-mail address."),
            "invalid": gettext_lazy("Type an e-mail address in the form name@example.lt."),
        },
    )


@login_required
@require_GET
def message_list_page(request: HttpRequest) -> HttpResponse:
    """Messages by what becomes of them; staff see those of all cases they may see, others their own."""
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in SHOWN else "left"
    rows = messages_visible_to(request.user).filter(SHOWN[chosen][1]).select_related("case", "to_user")
    page = Paginator(rows.order_by("-created_at", "-pk"), 50).get_page(request.GET.get("page"))
    staff = reads_all_messages(request.user)
    context = {
        "page": page,
        "rows": [{"message": one, "kind": message_label(one.kind)} for one in page.object_list],
        "tabs": [
            {"label": label, "url": f"?show={key}", "current": key == chosen} for key, (label, _rows) in SHOWN.items()
        ],
        "coming": coming_reminders(request.user, clock.now()) if staff and chosen == "leaving" else [],
        "staff": staff,
        "chosen": chosen,
    }
    return render(request, "workflows/messages.html", context)


@login_required
@require_safe
def message_page(request: HttpRequest, key: str) -> HttpResponse:
    """One message with its exact words; who may handle it can mend it here."""
    return _show(request, _message(request, key), AddressForm())


def _message(request: HttpRequest, key: str) -> Message:
    rows = messages_visible_to(request.user).select_related("case", "to_user", "replaces", "replaced_by", "handled_by")
    return get_object_or_404(rows, key=key)


def _show(request: HttpRequest, message: Message, form: AddressForm) -> HttpResponse:
    hidden = message.is_secret and not settings.DEMO
    may = can_handle(request.user, message)
    replaced = Message.objects.filter(replaces=message).first()
    context = {
        "message": message,
        "kind": message_label(message.kind),
        "hidden": hidden,
        "form": form,
        "replaced": replaced,
        "may_retry": may and message.state == State.DEAD and not message.is_secret and replaced is None,
        "may_cancel": may and message.state in (State.QUEUED, State.FAILED),
    }
    return render(request, "workflows/message.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def retry_page(request: HttpRequest, key: str) -> HttpResponse:
    """Try a given-up message again."""
    message = retry_message(message=_message(request, key), by=request.user)
    messages.success(request, _("The message will be tried again within a minute."))
    return redirect(message)


@login_required
@require_POST
def address_page(request: HttpRequest, key: str) -> HttpResponse:
    """Send the words of a given-up message to another address."""
    message, form = _message(request, key), AddressForm(request.POST)
    if not can_handle(request.user, message):
        raise NotPermitted
    if not form.is_valid():
        return _show(request, message, form)
    try:
        new = resend_to(message=message, email=form.cleaned_data["email"], by=request.user)
    except Refused as refusal:
        if refusal.code != Refused.code:  # a late-comer gets the page that says who was faster
            raise
        form.add_error("email", str(refusal))
        return _show(request, message, form)
    messages.success(request, _("The message will leave for %(address)s.") % {"address": new.to_email})
    return redirect(new)


@login_required
@require_POST
def cancel_page(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a message that has not left."""
    message = cancel_message(message=_message(request, key), by=request.user)
    messages.success(request, _("The message will not leave."))
    return redirect("workflows:messages") if message.to_user_id == request.user.pk else redirect(message)
