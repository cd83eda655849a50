"""Messages: what will leave, what has left with its exact words, and what could not."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflows.models.cases import Case
from workflows.models.outbox import new_key


class MessageState(models.TextChoices):
    """Where a message is on its way."""

    QUEUED = "queued", pgettext_lazy("message", "waiting")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    FAILED = "failed", pgettext_lazy("message", "will be tried again")
    DEAD = "dead", pgettext_lazy("message", "could not be sent")
    CANCELLED = "cancelled", pgettext_lazy("message", "cancelled")


class Message(models.Model):
    """One mail to one address, with the words it leaves with. `key` makes its Message-ID, the same at every try.

    A secret message (a way into an account) is read by nobody but its reader: its words are wiped once it has left.
    """

    State = MessageState

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="messages")
    kind = models.CharField(_("kind"), max_length=60)
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    to_email = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    dedupe = models.CharField(max_length=150, unique=True, default=new_key)
    state = models.CharField(_("state"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    available_at = models.DateTimeField(_("leaves"))
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    is_secret = models.BooleanField(_("secret"), default=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("sent again for")
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handled by")
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="message_lease_while_sending",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "available_at"], name="message_state_available"),
            models.Index(fields=["to_user", "-created_at"], name="message_of_person"),
        ]

    def get_absolute_url(self) -> str:
        """The page of this message."""
        from django.urls import reverse  # noqa: PLC0415

        return reverse("workflows:message", args=[self.key])

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same for every try, so that a repeat can be recognised."""
        domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip("> ")
        return f"<{self.key}@{domain}>"

    @property
    def status_kind(self) -> str:
        """The colour of its state on a page."""
        kinds: dict[Any, str] = {MessageState.SENT: "ok", MessageState.FAILED: "warn", MessageState.DEAD: "danger"}
        return kinds.get(self.state, "")
