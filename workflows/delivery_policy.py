"""Who sees messages and jobs: each predicate with the queryset that is its twin."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from workflows.models import Job, Message
from workflows.policy import audiences_of, is_excluded, register_verb, without_excluded
from workflows.policy_table import register_situations

MESSAGE_READERS = frozenset({"role:coordinator", "role:head", "role:administrator", "role:auditor"})
STAFF = frozenset({*MESSAGE_READERS, "role:finance"})


def reads_all_messages(user: Any) -> bool:
    """Whether the person reads messages to others, for the funder."""
    return not MESSAGE_READERS.isdisjoint(audiences_of(user))


def can_view_message(user: Any, message: Message) -> bool:
    """Their own, and for those who follow the work every other of a case they are not kept away from."""
    if not user.is_authenticated:
        return False
    if message.to_user_id == user.pk:
        return message.state != Message.State.CANCELLED
    if not reads_all_messages(user):
        return False
    return message.case_id is None or not is_excluded(user, message.case_id)


def messages_visible_to(user: Any) -> QuerySet[Message]:
    """The rows of `can_view_message`."""
    if not user.is_authenticated:
        return Message.objects.none()
    own = Q(to_user_id=user.pk) & ~Q(state=Message.State.CANCELLED)
    if not reads_all_messages(user):
        return Message.objects.filter(own)
    others = without_excluded(Message.objects.exclude(to_user_id=user.pk), user).values("pk")
    return Message.objects.filter(own | Q(pk__in=others))


def can_view_job(user: Any, job: Job) -> bool:
    """Who asked for it, and staff not kept away from its case."""
    if not user.is_authenticated:
        return False
    if job.requested_by_id == user.pk:
        return True
    if STAFF.isdisjoint(audiences_of(user)):
        return False
    return job.case_id is None or not is_excluded(user, job.case_id)


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """The rows of `can_view_job`."""
    if not user.is_authenticated:
        return Job.objects.none()
    own = Q(requested_by_id=user.pk)
    if STAFF.isdisjoint(audiences_of(user)):
        return Job.objects.filter(own)
    return Job.objects.filter(own | Q(pk__in=without_excluded(Job.objects.all(), user).values("pk")))


register_situations(
    "message", {"letter": _("the decision, to the applicant's administrator"), "to_evaluator": _("to the evaluator")}
)
register_situations("job", {"of_project": _("of a project, asked for by the head")})
register_verb(
    "message.view",
    _("read a message"),
    model="workflows.message",
    can=can_view_message,
    visible_to=messages_visible_to,
)
register_verb("job.view", _("follow a job"), model="workflows.job", can=can_view_job, visible_to=jobs_visible_to)
