"""Consequences inside the transaction, and what evaluation adds to the steps and the page of a project."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from grants.evaluation.models import Measurement
from grants.evaluation.pages import project_panel
from grants.evaluation.permissions import can_view_measurement
from grants.evaluation.selectors import without_endline
from grants.evaluation.services import copy_indicators, renew_measuring_work
from grants.evaluation.services.measuring import EVIDENCE
from grants.evaluation.services.turns import ENDLINE_DEADLINE
from grants.projects.history import TEAM_HISTORY
from grants.projects.models import Project
from grants.projects.pages import PANELS
from grants.projects.permissions import is_on_team
from grants.questionnaires.permissions import register_document_policy
from workflows.ladders import register_deadline
from workflows.models import TransitionRecord
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.panels import Panel
from workflows.registry import contribute, contribute_guard
from workflows.services.messages import queue_message
from workflows.signals import transitioned

FUNDED = frozenset({"award", "recognise", "allocate"})
"""Steps of a project after which what it promised is measured."""

TURNS = frozenset({"recognise", "complete", "reopen_implementation", "reopen_evaluation", "close", "terminate"})
"""Steps of a project that change whose turn it is to measure."""


@receiver(transitioned, sender=Project, dispatch_uid="evaluation.project")
def follow_the_project(sender: Any, obj: Project, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """Funding copies the promises; steps into evaluation and out of it change whose turn it is to measure."""
    if record.transition in FUNDED:
        copy_indicators(project=obj)
    if record.transition in TURNS:
        renew_measuring_work(obj)


@receiver(transitioned, sender=Measurement, dispatch_uid="evaluation.measurement")
def follow_the_measurement(sender: Any, obj: Measurement, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """Whose turn it is follows what was handed in and approved; the grantee hears of a return."""
    renew_measuring_work(obj.indicator.project)
    if record.transition != "return_measurement" or obj.submitted_by is None:
        return
    reason = getattr(record, "reason", None)
    queue_message(
        "measurement_returned", obj.submitted_by, case=obj.case, dedupe=f"measurement-returned-{obj.pk}-{obj.version}",
        context={"measurement": obj, "project": obj.indicator.project, "reason": reason.text if reason else ""},
    )  # fmt: skip


def endlines_approved(project: Project, move: Move) -> Obstacle | None:
    """A project is closed once every required indicator has an approved endline."""
    lacking = without_endline(project)
    if not lacking:
        return None
    names = "; ".join(indicator.name for indicator in lacking[:3])
    text = ngettext(
        "%(n)d required indicator has no approved endline: %(names)s.",
        "%(n)d required indicators have no approved endline, among them: %(names)s.",
        len(lacking),
    )
    url = reverse("evaluation:indicators", args=[project.pk])
    return Obstacle("endline_missing", text % {"n": len(lacking), "names": names}, url)


def can_read_evidence(user: Any, document: Any) -> bool:
    """Whoever sees a measurement sees what shows it; what another file took the place of stays with the team."""
    found = Measurement.objects.filter(document=document).select_related("indicator__project").first()
    if found is not None:
        return can_view_measurement(user, found)
    project = Project.objects.filter(case=document.case_id).first()
    return project is not None and is_on_team(user, project)


contribute_guard("grants.Project", "close", endlines_approved)
register_document_policy(EVIDENCE, can_read_evidence)
register_deadline(ENDLINE_DEADLINE, gettext_lazy("Measure the indicators of the project"))
contribute(PANELS, Panel("grants/evaluation/_panel.html", project_panel, order=60), order=60)
contribute(TEAM_HISTORY, "grants.measurement")
