"""What happened to a project, as each reader may know it: the one place that says which steps, names, reasons and
messages of it are for whom.

A step is read by those who may read the thing that took it: an evaluator's name stands on reviews and answers about
conflicts, so their steps are for those who may read reviews and answers. A message is read by those who may open it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from grants.organisations.models import Membership
from grants.projects.models import Project
from grants.projects.permissions import can_view_as_staff
from workflows.delivery_policy import messages_visible_to
from workflows.messages import message_label
from workflows.models import Message
from workflows.registry import contributions
from workflows.selectors import Happening, history_of

TEAM_HISTORY = "project.team_history"
"""Place for labels of things (`grants.agreement`) whose steps the applicant's team may read in the history."""

KEPT_HISTORY = "project.kept_history"
"""Place for rules (Kept) of things whose steps not all of the funder's people may read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Steps of this kind of thing are for those alone of whom may_read(user, project) is true."""

    label: str
    may_read: Callable[[Any, Project], bool]


@dataclass(frozen=True)
class Entry:
    """One line of the history: a step or a message."""

    at: datetime
    title: Any
    who: str
    note: str


def history(project: Project, user: Any) -> list[Entry]:
    """Steps and messages, newest first. The team reads its own steps and what concerns it, without the reasons and
    names of the funder's people; staff read the steps of everything that they may see."""
    as_staff = can_view_as_staff(user, project)
    team = None if as_staff else _people_of(project)
    entries = [_step_entry(step, team) for step in _steps(project, user, as_staff=as_staff)]
    entries += [_message_entry(message) for message in _messages(project, user)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _steps(project: Project, user: Any, *, as_staff: bool) -> Sequence[Happening]:
    if not as_staff:
        labels = ["grants.project", *contributions(TEAM_HISTORY)]
        return history_of(project.case_id, with_reasons=False, labels=labels)
    hidden = {kept.label for kept in contributions(KEPT_HISTORY) if not kept.may_read(user, project)}
    steps = history_of(project.case_id, with_reasons=True)
    return [step for step in steps if step.record.subject_label not in hidden]


def _people_of(project: Project) -> set[int]:
    return set(Membership.objects.filter(organisation_id=project.organisation_id).values_list("user_id", flat=True))


def _step_entry(step: Happening, team: set[int] | None) -> Entry:
    return Entry(step.at, step.title, _who(step, team), step.reason)


def _who(step: Happening, team: set[int] | None) -> str:
    actor = step.record.actor_id
    if actor is None:
        return _("the system")
    return step.actor if team is None or actor in team else _("the funder")


def _messages(project: Project, user: Any) -> QuerySet[Message]:
    """The messages of the case that the reader may open, by the rule of messages itself."""
    return messages_visible_to(user).filter(case_id=project.case_id, is_secret=False).select_related("to_user")


def _message_entry(message: Message) -> Entry:
    words = {"kind": message_label(message.kind), "to": message.to_user or message.to_email}
    return Entry(message.created_at, _("Message: %(kind)s") % words, _("to %(to)s") % words, message.subject)
