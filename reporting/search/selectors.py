"""What a search finds: only rows that the same reader may open, by the same rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call
from grants.calls.pages import public_status
from grants.calls.selectors import calls_visible_to
from grants.organisations.folding import every_word
from grants.organisations.models import Organisation
from grants.organisations.selectors import find_organisations, organisations_listed
from grants.projects.models import Project
from grants.projects.pages import KINDS as STATUS_KINDS
from grants.projects.pages import status_of, with_shown
from grants.projects.selectors import projects_visible_to
from grants.projects.states import ProjectState
from reporting.search.language import Question, conditions_of
from workflows.delivery_policy import messages_visible_to
from workflows.messages import message_label
from workflows.models import Message

FEW = 5
"""So many rows of each kind stand on the page of everything."""


@dataclass(frozen=True)
class Row:
    """One thing found, as the page shows it."""

    title: str
    url: str
    hint: str
    status: Any = ""
    status_kind: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found: its name in the address, its heading, its rows."""

    key: str
    label: Any
    find: Callable[[Question, Any, datetime], QuerySet[Any]]
    row: Callable[[Any, Any], Row]


@dataclass
class Group:
    """The first rows of a kind and how many there are in all."""

    kind: Kind
    rows: list[Row] = field(default_factory=list)
    count: int = 0


def projects_found(asked: Question, user: Any, now: datetime) -> QuerySet[Project]:
    """Projects in whose number, title or applicant every word is found and which meet every condition."""
    words = every_word(" ".join(asked.words), "search_text", "organisation__search_text")
    found = projects_visible_to(user).filter(conditions_of(asked, user, now)).filter(words)
    return with_shown(found).order_by("-call__opens_at", "call_id", "ordinal")


def calls_found(asked: Question, user: Any, now: datetime) -> QuerySet[Call]:
    """Calls by words of title and code; conditions are about projects, so with one no call is found."""
    found = calls_visible_to(user) if not asked.terms else Call.objects.none()
    return found.filter(every_word(" ".join(asked.words), "search_text")).order_by("-opens_at", "code")


def organisations_found(asked: Question, user: Any, now: datetime) -> QuerySet[Organisation]:
    """Organisations by words of their names, code and seat."""
    listed = organisations_listed() if not asked.terms else Organisation.objects.none()
    return find_organisations(listed, " ".join(asked.words))


def messages_found(asked: Question, user: Any, now: datetime) -> QuerySet[Message]:
    """Messages about a case by its number or by the address they went to; without words none."""
    found = messages_visible_to(user).filter(is_secret=False) if asked.words and not asked.terms else None
    if found is None:
        return Message.objects.none()
    for word in asked.words:
        found = found.filter(Q(case__number__icontains=word) | Q(to_email__icontains=word))
    return found.select_related("case", "to_user").order_by("-created_at", "-pk")


def _project_row(project: Project, user: Any) -> Row:
    hint = f"{project.number} · {project.organisation.name}"
    kind = STATUS_KINDS.get(ProjectState(project.state), "")
    return Row(project.title or project.number, project.get_absolute_url(), hint, status_of(project, user), kind)


def _call_row(call: Call, user: Any) -> Row:
    return Row(call.title, call.get_absolute_url(), call.code, public_status(call))


def _organisation_row(organisation: Organisation, user: Any) -> Row:
    place = organisation.municipality.name_lt if organisation.municipality else ""
    return Row(organisation.name, organisation.get_absolute_url(), place)


def _message_row(message: Message, user: Any) -> Row:
    number = message.case.number if message.case else ""
    hint = " · ".join(part for part in (number, message.to_email) if part)
    return Row(
        str(message_label(message.kind)), message.get_absolute_url(), hint, message.get_state_display(),
        message.status_kind,
    )  # fmt: skip


KINDS = (
    Kind("projects", _("Projects"), projects_found, _project_row),
    Kind("calls", _("Calls"), calls_found, _call_row),
    Kind("organisations", _("Organisations"), organisations_found, _organisation_row),
    Kind("messages", _("Messages"), messages_found, _message_row),
)
BY_KEY = {kind.key: kind for kind in KINDS}


def of_everything(asked: Question, user: Any, now: datetime) -> list[Group]:
    """The first rows of each kind with the number of all, one query a kind; kinds without any are left out."""
    groups = []
    for kind in KINDS:
        found = list(kind.find(asked, user, now).annotate(found_in_all=Window(Count("pk")))[:FEW])
        if found:
            groups.append(Group(kind, [kind.row(one, user) for one in found], found[0].found_in_all))
    return groups


def rows_of(kind: Kind, found: Sequence[Any], user: Any) -> list[Row]:
    """The rows of a page."""
    return [kind.row(one, user) for one in found]


def address(text: str, kind: str = "projects") -> str:
    """The address of a search, to be linked from a number: `address("is:overdue stage:selection")`."""
    return f"{reverse('search')}?{urlencode({'q': text, 'kind': kind})}"
