"""Running jobs: progress, cancel, a result, and taking up again what a lost worker left."""

import logging
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import Error as DatabaseFault
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from workflows import clock, policy
from workflows.exceptions import NotPermitted, Refused
from workflows.jobs import Cancelled, Lost, job_kind
from workflows.models import Job
from workflows.models.jobs import FINISHED
from workflows.services import outbox
from workflows.services.mail_text import one_line

logger = logging.getLogger(__name__)
State = Job.State
JOB_LEASE = timedelta(seconds=120)
HELPERS = ("role:coordinator", "role:administrator")


class Run:
    """What a handler is given: the wishes, and how to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params: dict[str, Any] = job.params
        self.by = job.requested_by
        self.case = job.case
        self.language = job.language

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say that `done` of `total` parts are finished; raises Cancelled or Lost where the work must end."""
        done, total = max(done, 0), max(total, 0)
        self._touch(done=min(done, total), total=total, message=str(message)[:300])

    def check(self) -> None:
        """Say that the work goes on; raises Cancelled where somebody asked to stop, Lost where another has it."""
        self._touch()

    def attach(self, name: str, content: bytes) -> None:
        """Keep a file as the result; `name` is what the reader's browser saves it as."""
        self.job.file.save(f"{self.job.key.hex}-{self.job.tries}", ContentFile(content), save=False)
        self._touch(file=self.job.file.name, file_name=one_line(name)[:200])

    def _touch(self, **fields: Any) -> None:
        lease = clock.now() + JOB_LEASE
        if not _mine(self.job).update(lease_until=lease, **fields) or not outbox.extend_current(JOB_LEASE):
            raise Lost
        if Job.objects.filter(pk=self.job.pk, cancel_requested_at__isnull=False).exists():
            raise Cancelled


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, tries=job.tries)


def _finish(job: Job, state: str, **fields: Any) -> bool:
    return bool(_mine(job).update(state=state, lease_until=None, finished_at=clock.now(), **fields))


def _claim(pk: int) -> Job | None:
    now = clock.now()
    waiting = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lte=now)
    taken = Job.objects.filter(waiting, pk=pk).update(
        state=State.RUNNING, lease_until=now + JOB_LEASE, tries=F("tries") + 1, started_at=now
    )
    return Job.objects.select_related("requested_by", "case").get(pk=pk) if taken else None


def run_job(pk: int) -> None:
    """Do one job, if it waits or its worker was lost. Raises outbox.Later while another worker still has it.

    A fault of the database or the disk is passed on, so that the outbox tries again; any other unforeseen fault fails
    the job at once, with a sentence, since repeating it would not help.
    """
    job = _claim(pk)
    if job is None:
        lease = Job.objects.filter(pk=pk, state=State.RUNNING).values_list("lease_until", flat=True).first()
        if lease is not None:
            raise outbox.Later(lease)
        return
    with translation.override(job.language):
        _run(job)


def _run(job: Job) -> None:
    try:
        if job.cancel_requested_at is not None:
            raise Cancelled
        result = job_kind(job.kind).handler(Run(job)) or {}
    except Lost:
        logger.warning("job %s (%s): another worker has it now", job.pk, job.kind)
    except Cancelled:
        _finish(job, State.CANCELLED)
    except Refused as refusal:
        _finish(job, State.FAILED, error=str(refusal)[:500])
    except (DatabaseFault, OSError):
        _mine(job).update(state=State.QUEUED, lease_until=None)
        raise
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(job, State.FAILED, error=_("It failed through a fault of ours. The fault has been recorded."))
    else:
        _finish(job, State.DONE, result=result, done=F("total"))


def give_up(pk: int) -> None:
    """Called when a job's worker was lost, or failed for outer reasons, again and again."""
    job = Job.objects.filter(pk=pk).exclude(state__in=FINISHED).first()
    if job is None:
        return
    with translation.override(job.language):
        sentence = _(
            "It was begun several times and never came to an end, so it was given up. Ask for less, or tell us."
        )
    Job.objects.filter(pk=pk).exclude(state__in=FINISHED).update(
        state=State.FAILED, lease_until=None, finished_at=clock.now(), error=sentence
    )


def can_cancel(user: Any, job: Job) -> bool:
    """Whether a person may stop a job: who asked for it, coordinators and administrators not kept away."""
    if job.requested_by_id is not None and job.requested_by_id == user.pk:
        return True
    if not policy.audiences_of(user).intersection(HELPERS):
        return False
    return job.case_id is None or not policy.is_excluded(user, job.case_id)


def cancel_job(*, job: Job, by: Any) -> Job:
    """Stop a job: at once where it has not begun, else at the handler's next sign of life; a finished one stays.

    Raises NotPermitted.
    """
    if not can_cancel(by, job):
        raise NotPermitted
    now = clock.now()
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED)
        if not waiting.update(state=State.CANCELLED, finished_at=now, cancel_requested_at=now):
            running = Job.objects.filter(pk=job.pk, state=State.RUNNING, cancel_requested_at__isnull=True)
            running.update(cancel_requested_at=now)
    job.refresh_from_db()
    return job
