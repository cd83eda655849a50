"""Long work: asked for, run with progress, cancelled, taken up again after a lost worker."""

from typing import Any

from django.db import transaction

from workflows import clock
from workflows.actors import System
from workflows.jobs import job_kind
from workflows.models import Case, Job
from workflows.services import outbox
from workflows.services.mail_text import known_language
from workflows.text import current_language

RUN_TASK = "workflows.run_job"


def start_job(
    *, kind: str, by: Any, params: dict[str, Any] | None = None, case: Case | None = None, key: str | None = None
) -> Job:
    """Ask for a job of a registered kind; it begins after the caller's transaction commits. Returns the row.

    The same `key` twice answers the first job. The job speaks the asker's language.
    Raises LookupError for an unknown kind.
    """
    job_kind(kind)
    system = isinstance(by, System)
    with transaction.atomic():
        job = Job(
            kind=kind,
            params=params or {},
            requested_by=None if system else by,
            language=known_language(current_language() if system else by.language),
            case=case,
            created_at=clock.now(),
        )
        if key is None:
            job.save()
        else:
            job.dedupe = key
            Job.objects.bulk_create([job], ignore_conflicts=True)
            stored = Job.objects.get(dedupe=key)
            if stored.key != job.key:
                return stored
            job = stored
        outbox.enqueue(RUN_TASK, job.pk, dedupe=f"job:{job.pk}")
    return job
