"""The task list of an application in the shape that the components show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.applications.models import Application
from grants.applications.selectors import Progress, SectionLine, open_clarification, sections_open_for_changes
from grants.applications.services.submission import obstacle_of
from grants.applications.states import SectionStatus
from grants.questionnaires.selectors import Missing
from workflows.obstacles import Obstacle

KINDS = {
    SectionStatus.NOT_STARTED: "info",
    SectionStatus.IN_PROGRESS: "info",
    SectionStatus.MISTAKES: "danger",
    SectionStatus.CHANGES: "warn",
}
"""Completed stays plain: what is done needs nobody's eye."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One line of components/task_list.html."""

    label: str
    url: str
    hint: str
    status: Any
    status_kind: str
    current: bool


def task_lines(application: Application, progress: Progress, current: str = "") -> list[TaskLine]:
    """Every section with how far it is; those that cannot be entered say what opens them."""
    open_sections = set(sections_open_for_changes(application))
    asked = open_clarification(application.project)
    return [
        _line(application, number, line, open_sections, set(asked.sections) if asked else set(), current)
        for number, line in enumerate(progress.sections, 1)
    ]


def _line(
    application: Application, number: int, line: SectionLine, open_sections: set[str], asked: set[str], current: str
) -> TaskLine:
    url, hint, status = "", "", line.status
    if line.is_declaration and not asked:
        hint = "" if line.open else _("when the other sections are completed")
        url = reverse("applications:submit", args=[application.pk]) if line.open else ""
    elif line.id in open_sections:
        url = reverse("applications:section", args=[application.pk, line.id])
    if line.is_left_out:
        hint = _("optional")
    if line.id in asked and line.status in (SectionStatus.COMPLETED, SectionStatus.NOT_STARTED):
        status = SectionStatus.CHANGES
    label: Any = status.label
    if status == SectionStatus.MISTAKES:
        label = ngettext("%(n)d mistake", "%(n)d mistakes", line.mistakes) % {"n": line.mistakes}
    elif line.id == current or status == SectionStatus.IN_PROGRESS:
        hint = ngettext("%(n)d answer is missing", "%(n)d answers are missing", line.missing) % {"n": line.missing}
        hint = hint if line.missing else ""
    return TaskLine(f"{number}. {line.title}", url, hint, label, KINDS.get(status, ""), line.id == current)


def obstacle_links(application: Application, problems: Iterable[Missing]) -> list[Obstacle]:
    """What is missing, each leading to its field."""
    return [obstacle_of(application, problem) for problem in problems]


def next_section(application: Application, section_id: str) -> str | None:
    """The section after this one that can be changed; None after the last."""
    order = [s["id"] for s in application.sheet.questionnaire.definition["sections"]]
    editable = set(sections_open_for_changes(application))
    after = order[order.index(section_id) + 1 :] if section_id in order else []
    return next((one for one in after if one in editable and not _declares(application, one)), None)


def _declares(application: Application, section_id: str) -> bool:
    found = next(s for s in application.sheet.questionnaire.definition["sections"] if s["id"] == section_id)
    return all(question["type"] == "checkbox" for question in found["questions"])
