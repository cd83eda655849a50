"""The eligibility check: answers to the checklist, findings of ineligibility, requests for clarification."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.applications import permissions as policy
from grants.applications.states import CheckAnswer, ClarificationState
from grants.projects.states import ProjectState
from workflows.models import AppendOnlyModel, WorkflowModel
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.transitions import transition

S = ClarificationState


class EligibilityAnswer(models.Model):
    """An officer's answer to one point of the call's checklist about one project."""

    project = models.ForeignKey("grants.Project", models.PROTECT, related_name="eligibility_answers")
    item_key = models.CharField(_("point"), max_length=64)
    answer = models.CharField(_("answer"), max_length=8, choices=CheckAnswer.choices)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    version_no = models.PositiveSmallIntegerField(_("version"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = pgettext_lazy("eligibility check", "answer")
        verbose_name_plural = pgettext_lazy("eligibility check", "answers")
        constraints = [
            models.UniqueConstraint(fields=["project", "item_key"], name="eligibility_answer_once"),
            models.CheckConstraint(condition=Q(answer__in=CheckAnswer.values), name="eligibility_answer_known"),
            models.CheckConstraint(condition=Q(answer="yes") | ~Q(note=""), name="eligibility_answer_explained"),
        ]


class IneligibilityFinding(AppendOnlyModel):
    """Why an application was found ineligible: the point of the checklist that is cited, and the reason in words."""

    project = models.ForeignKey("grants.Project", models.PROTECT, related_name="ineligibility_findings")
    record = models.OneToOneField("workflows.TransitionRecord", models.PROTECT, related_name="+")
    item_key = models.CharField(_("rule"), max_length=64)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("finding of ineligibility")
        verbose_name_plural = _("findings of ineligibility")
        ordering = ("-at", "-pk")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ineligibility_has_reason")]


def not_too_late(clarification: Clarification, move: Move) -> Obstacle | None:
    """A clarification is answered before its due moment, by the one clock."""
    if clarification.is_in_time(move.now):
        return None
    return Obstacle("clarification_too_late", _("The time to answer has passed."))


def time_is_over(clarification: Clarification, move: Move) -> Obstacle | None:
    """A request ends unanswered only when its time is over."""
    if not clarification.is_in_time(move.now):
        return None
    return Obstacle("clarification_not_due", _("There is still time to answer."))


def no_longer_checked(clarification: Clarification, move: Move) -> Obstacle | None:
    """A request lapses only with the check: while the application is checked, it is answered, cancelled or expires."""
    if clarification.project.state != ProjectState.APPLICATION:
        return None
    return Obstacle("clarification_needed", _("The application is still being checked."))


class Clarification(WorkflowModel):
    """A request to clarify: it opens some sections of a submitted application until `due_at`, and nothing else.

    Answering makes a new version; unanswered, it closes by itself. `round` counts the requests of a project.
    """

    project = models.ForeignKey("grants.Project", models.PROTECT, related_name="clarifications")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    sections = models.JSONField(_("sections"), default=list)
    question = models.TextField(_("what to clarify"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer_version = models.OneToOneField(
        "grants.SubmittedVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    state = FSMField(_("state"), default=S.ASKED, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("request for clarification")
        verbose_name_plural = _("requests for clarification")
        ordering = ("project", "round")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="clarification_state_known"),
            models.UniqueConstraint(fields=["project", "round"], name="clarification_round_once"),
            models.UniqueConstraint(fields=["project"], condition=Q(state="asked"), name="clarification_open_once"),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="clarification_due_after_asked"),
            models.CheckConstraint(condition=~Q(question=""), name="clarification_asks_something"),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False, answer_version__isnull=False)
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer_version__isnull=True)),
                name="clarification_answered_fits_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} ({self.round})"

    def get_absolute_url(self) -> str:
        """The page with the question and the way to answer."""
        return reverse("applications:clarification", args=[self.pk])

    def is_in_time(self, now: datetime) -> bool:
        """Whether it can still be answered: before its due moment; on hold, the moment of the hold is what counts."""
        return (self.project.held_since or now) < self.due_at

    @transition(field=state, source=S.ASKED, target=S.ANSWERED, permission=policy.can_answer, offered=False,
                guards=[not_too_late], label=pgettext_lazy("clarification step", "Answer"))  # fmt: skip
    def give_answer(self, move: Move) -> None:
        """The team has changed what was asked and submitted it as a new version."""
        self.answer = move.note
        self.answered_by = move.by
        self.answered_at = move.now
        self.answer_version = move.data["version"]

    @transition(field=state, source=S.ASKED, target=S.EXPIRED, permission=policy.nobody, system=True, offered=False,
                guards=[time_is_over], label=pgettext_lazy("clarification step", "Close unanswered"))  # fmt: skip
    def expire(self, move: Move) -> None:
        """Nobody answered in time; the sections are closed again."""

    @transition(field=state, source=S.ASKED, target=S.CANCELLED, permission=policy.can_cancel_clarification,
                note_required=True, guards=[],
                label=pgettext_lazy("clarification step", "Cancel the request"))  # fmt: skip
    def cancel(self, move: Move) -> None:
        """It is not needed any more."""

    @transition(field=state, source=S.ASKED, target=S.CANCELLED, permission=policy.nobody, system=True, offered=False,
                guards=[no_longer_checked], label=pgettext_lazy("clarification step", "Lapse"))  # fmt: skip
    def lapse(self, move: Move) -> None:
        """The application left the check, taken back or opened again: there is nothing to clarify any more."""
