"""A call and its machine."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE, FSMField

from grants.calls import guards
from grants.calls.permissions import can_cancel_call, can_change_dates, can_manage_call
from grants.calls.rules import CallRules
from grants.calls.states import BEGUN_STATES, MOVABLE_STATES, CallState
from grants.organisations.folding import fold
from grants.programmes.models import Programme
from grants.questionnaires.models import Questionnaire
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.text import localized_field
from workflows.transitions import transition

S = CallState


class Call(WorkflowModel):
    """One call for proposals or contest. `rules` is the whole validated document, less the form.

    `published_at` is when the public may read it once it is scheduled; `notice` is what the public is told about a
    suspension, an extension or the end of it. On time means: before `closes_at`, whatever the state says meanwhile.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls", verbose_name=_("programme"))
    code = models.CharField(_("code"), max_length=40, unique=True)
    title_lt = models.CharField(_("title in Lithuanian"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    purpose_lt = models.TextField(_("purpose in Lithuanian"))
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Vilnius")
    published_at = models.DateTimeField(_("published"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="+", verbose_name=_("application form")
    )
    rules = models.JSONField(_("rules"), encoder=DjangoJSONEncoder)
    document_sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True, editable=False)
    notice = models.CharField(_("notice to the public"), max_length=1000, blank=True)
    scheduled_at = models.DateTimeField(_("scheduled"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    search_text = models.CharField(max_length=1000, blank=True, editable=False)
    state = FSMField(_("state"), default=S.DRAFT, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("-opens_at", "code")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(opens_at__gte=F("published_at")), name="call_opens_once_published"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="call_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.CANCELLED]) | Q(scheduled_at__isnull=False),
                name="call_scheduled_before_it_goes_on",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DRAFT) | Q(scheduled_at__isnull=True), name="call_draft_is_new"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(BEGUN_STATES), opened_at__isnull=False)
                | Q(state__in=[S.DRAFT, S.SCHEDULED, S.CANCELLED], opened_at__isnull=True),
                name="call_opened_once_begun",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.CLOSED, S.DECIDING, S.DECIDED, S.ARCHIVED], closed_at__isnull=False)
                | Q(state__in=[S.DRAFT, S.SCHEDULED, S.OPEN, S.SUSPENDED, S.CANCELLED], closed_at__isnull=True),
                name="call_closed_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DECIDED, S.ARCHIVED], decided_at__isnull=False)
                | (~Q(state__in=[S.DECIDED, S.ARCHIVED]) & Q(decided_at__isnull=True)),
                name="call_decided_fits_state",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opens_at"], name="call_due_to_open"),
            models.Index(fields=["state", "closes_at"], name="call_due_to_close"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text by which a call is found in step with its titles."""
        self.search_text = fold(f"{self.code} | {self.title_lt} | {self.title_en}")[:1000]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the call, for everybody; it stays the same for ever."""
        return reverse("calls:detail", args=[self.code])

    def get_manage_url(self) -> str:
        """The working page of the call, for the funder's staff."""
        return reverse("calls:manage", args=[self.code])

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localized_field(self, "title")

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language."""
        return localized_field(self, "purpose")

    @property
    def terms(self) -> CallRules:
        """The rules, as questions with answers."""
        return CallRules(self.rules)

    @transition(field=state, source=S.DRAFT, target=S.DRAFT, permission=can_manage_call, guards=[], system=True,
                offered=False, logged=("document_sha256",),
                label=pgettext_lazy("call step", "Load anew"))  # fmt: skip
    def revise(self, move: Move) -> None:
        """Take over what a newer document says of the call; `move.data` names fields and their values."""
        for name, value in move.data.items():
            setattr(self, name, value)

    @transition(field=state, source=S.DRAFT, target=S.SCHEDULED, permission=can_manage_call,
                guards=[guard for guard, _words in guards.PREFLIGHT],
                label=pgettext_lazy("call step", "Schedule"))  # fmt: skip
    def schedule(self, move: Move) -> None:
        """The call will be published and opened at its times."""
        self.scheduled_at = move.now

    @transition(field=state, source=S.SCHEDULED, target=S.OPEN, permission=can_manage_call, system=True,
                guards=[guards.opening_time_has_come, guards.closing_time_lies_ahead],
                label=pgettext_lazy("call step", "Open"))  # fmt: skip
    def open(self, move: Move) -> None:
        """Applications can be submitted from now on."""
        self.opened_at = move.now

    @transition(field=state, source=S.OPEN, target=S.SUSPENDED, permission=can_manage_call, note_required=True,
                guards=[], label=pgettext_lazy("call step", "Suspend"))  # fmt: skip
    def suspend(self, move: Move) -> None:
        """Nothing can be submitted until the call is resumed; the public reads why."""
        self.notice = move.note[:1000]

    @transition(field=state, source=S.SUSPENDED, target=S.OPEN, permission=can_manage_call, note_required=True,
                guards=[guards.closing_time_lies_ahead], label=pgettext_lazy("call step", "Resume"))  # fmt: skip
    def resume(self, move: Move) -> None:
        """Applications can be submitted again."""
        self.notice = move.note[:1000]

    @transition(field=state, source=S.OPEN, target=S.CLOSED, permission=can_manage_call, system=True,
                guards=[guards.closing_time_has_come], label=pgettext_lazy("call step", "Close"))  # fmt: skip
    def close(self, move: Move) -> None:
        """The time is over; the check of applications begins."""
        self.closed_at = move.now

    @transition(field=state, source=S.CLOSED, target=S.OPEN, permission=can_manage_call, note_required=True,
                guards=[guards.extension_is_later], logged=("closes_at",),
                label=pgettext_lazy("call step", "Extend the deadline"))  # fmt: skip
    def extend(self, move: Move) -> None:
        """Open a closed call once more, until a later moment (`closes_at`), with a reason that the public reads."""
        self.closes_at = move.data["closes_at"]
        self.closed_at = None
        self.notice = move.note[:1000]

    @transition(field=state, source=S.CLOSED, target=S.DECIDING, permission=can_manage_call, guards=[],
                label=pgettext_lazy("call step", "Begin deciding"))  # fmt: skip
    def begin_deciding(self, move: Move) -> None:
        """Assessment is over; the panel and the deciding body have the word."""

    @transition(field=state, source=S.DECIDING, target=S.DECIDED, permission=can_manage_call, guards=[],
                label=pgettext_lazy("call step", "Conclude deciding"))  # fmt: skip
    def decide(self, move: Move) -> None:
        """Every application of the call has its answer."""
        self.decided_at = move.now

    @transition(field=state, source=S.DECIDED, target=S.ARCHIVED, permission=can_manage_call, guards=[],
                label=pgettext_lazy("call step", "Archive"))  # fmt: skip
    def archive(self, move: Move) -> None:
        """Nothing of the call is running any more; its page stays."""

    @transition(field=state, source=[S.DRAFT, S.SCHEDULED], target=S.CANCELLED, permission=can_cancel_call,
                note_required=True, dangerous=True, guards=[],
                label=pgettext_lazy("call step", "Cancel the call"))  # fmt: skip
    def cancel(self, move: Move) -> None:
        """The call is given up before it opened; whoever has read of it reads why.

        Before the day of its publication nobody has: it stays unpublished, like a draft that was given up.
        """
        self.notice = move.note[:1000]
        if move.now < self.published_at:
            self.scheduled_at = None

    @transition(field=state, source=list(MOVABLE_STATES), target=RETURN_VALUE(*MOVABLE_STATES),
                permission=can_change_dates, note_required=True, offered=False, guards=[], logged=("moved",),
                label=pgettext_lazy("call step", "Change dates"))  # fmt: skip
    def change_dates(self, move: Move) -> str:
        """Take over moved times; the call stays where it is. `moved` names each date with before and after."""
        for name in ("published_at", "opens_at", "closes_at"):
            if name in move.data:
                setattr(self, name, move.data[name])
        self.notice = move.note[:1000]
        return self.state
