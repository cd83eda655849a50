"""Asking for an impact report, and assembling it."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.models import document_storage
from grants.questionnaires.storage import random_name
from reporting.impact.files import pdf_of
from reporting.impact.gather import gather
from reporting.impact.guards import LANGUAGES
from reporting.impact.models import ImpactReport, ReportPdf
from reporting.impact.permissions import can_request
from reporting.impact.shown.document import document_of
from reporting.impact.states import KIND, ReportState, Scope
from reporting.pdf import PdfFailed
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import NotPermitted, Refused
from workflows.jobs import JobFailed
from workflows.models import Job
from workflows.services import begin, perform
from workflows.services.jobs import start_job

log = logging.getLogger(__name__)


def request_report(*, scope: str, subject: Any, by: Any, key: str | None = None) -> tuple[ImpactReport, Job]:
    """Ask for a report about a project, call or programme; a job assembles it. The same key gives the same report.

    Raises NotPermitted, or Refused for an unknown scope.
    """
    if scope not in Scope.values:
        raise Refused(_("Choose what the report is about."))
    if not can_request(by, subject):
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        known = Job.objects.filter(dedupe=key, kind=KIND).first() if key else None
        if known is not None:
            return ImpactReport.objects.get(pk=known.params["report"]), known
        report = ImpactReport(
            case=subject.case, scope=scope, requested_by=by, requested_at=clock.now(), **{scope: subject}
        )
        begin(report, by=by)
        job = start_job(kind=KIND, by=by, params={"report": report.pk}, case=subject.case, key=key)
    return report, job


def assemble_report(*, report: ImpactReport, step: Callable[[str], None] = lambda text: None) -> ImpactReport:
    """Gather the figures of a requested report, freeze them, make its files, all or nothing.

    `step` hears of each of `STEPS` parts. An assembled report stays as it is. Raises JobFailed where a file cannot be
    made.
    """
    if report.state != ReportState.REQUESTED:
        return report
    with clock.reading():
        as_of = clock.now()
        step(_("Gathering figures"))
        snapshot = gather(report, as_of, lambda: step(_("Gathering figures")))
        digest = sha256_of(snapshot)
        files = {language: _file(report, snapshot, digest, as_of, language, step) for language in LANGUAGES}
        with transaction.atomic():
            perform(report, "assemble", by=SYSTEM, title=snapshot["facts"]["title"] or {}, snapshot=snapshot,
                    snapshot_sha256=digest, as_of=as_of)  # fmt: skip
            for language, content in files.items():
                _store(report, language, content)
    return report


STEPS = 7 + len(LANGUAGES)
"""How many times `assemble_report` says that it goes on."""


def _file(
    report: ImpactReport, snapshot: dict[str, Any], digest: str, as_of: Any, language: str, step: Callable[[str], None]
) -> bytes:
    step(_("Making the PDF"))
    with translation.override(language):
        try:
            return pdf_of(document_of(snapshot, digest, report.get_absolute_url(), as_of))
        except PdfFailed as failure:
            log.error("The PDF of the report %s could not be made: %s", report.pk, failure)
            raise JobFailed(_("The PDF could not be made. Ask for the report again, or tell us.")) from failure


def _store(report: ImpactReport, language: str, content: bytes) -> ReportPdf:
    storage = document_storage()
    name = storage.save(random_name(), ContentFile(content))
    return ReportPdf.objects.create(
        report=report, language=language, file=name, size=len(content), sha256=hashlib.sha256(content).hexdigest(),
        made_at=clock.now(),
    )  # fmt: skip
