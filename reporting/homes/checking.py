"""Checking the whole log as a job: what is wrong is kept with the job and shown to auditors and administrators."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from workflows.jobs import register_job
from workflows.models import Case, Job, TransitionRecord
from workflows.policy import excluded_cases
from workflows.services.job_runs import Run
from workflows.services.jobs import start_job
from workflows.services.verify import replay_log, verify_log

KIND = "verify_log"
MOST = 200


def can_check_log(user: Any) -> bool:
    """Auditors and administrators have the log checked and read what was found."""
    return has_role(user, Role.AUDITOR, Role.ADMINISTRATOR)


def check_log(*, by: Any, key: str) -> Job:
    """Ask for a check of the whole log; the same key twice is one check."""
    return start_job(kind=KIND, by=by, key=f"{KIND}:{key}")


def run_check(run: Run) -> dict[str, Any]:
    """Recompute every chain and every state; the answer names each finding by case and sentence."""
    with override(run.language):
        run.progress(0, 2, _("Chains and seals"))
        findings = verify_log()
        run.progress(1, 2, _("States from the log"))
        findings += replay_log()
        run.progress(2, 2)
        found = [[one.where, one.message] for one in findings[:MOST]]
        return {
            "findings": found, "count": len(findings), "steps": TransitionRecord.objects.count(),
            "url": reverse("log_check"), "label": _("See what was found"),
        }  # fmt: skip


def checks() -> QuerySet[Job]:
    """The checks of the log, the last one first."""
    return Job.objects.filter(kind=KIND).select_related("requested_by").order_by("-created_at", "-pk")


def findings_for(user: Any, job: Job) -> list[list[str]]:
    """What a check found, without the cases that the reader is kept away from."""
    hidden = set(Case.objects.filter(pk__in=excluded_cases(user)).values_list("number", flat=True))
    found: list[list[str]] = job.result.get("findings", [])
    return [one for one in found if one[0].split(" ")[0] not in hidden]


register_job(KIND, gettext_lazy("Check of the log"), run_check)
