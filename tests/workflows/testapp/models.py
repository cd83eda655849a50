"""A leave request: an employee asks, a boss decides, the system expires what nobody decided."""

from django.conf import settings
from django.db import models
from django_fsm import FSMField

from workflows.models import WorkflowModel
from workflows.obstacles import Obstacle
from workflows.transitions import transition


class S(models.TextChoices):
    DRAFT = "draft", "draft"
    ASKED = "asked", "asked"
    GRANTED = "granted", "granted"
    REFUSED = "refused", "refused"
    EXPIRED = "expired", "expired"


def is_employee(user, leave):
    return leave.employee_id == user.pk


def is_boss(user, leave):
    return leave.boss_id == user.pk


def has_days(leave, move):
    return None if leave.days > 0 else Obstacle("no_days", "Say how many days.", "/leave/days/")


def not_too_long(leave, move):
    return None if leave.days <= 30 else Obstacle("too_long", "At most 30 days.")


class Leave(WorkflowModel):
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    boss = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    days = models.IntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    touched = models.IntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    papers = models.JSONField(default=list)
    state = FSMField(default=S.DRAFT, choices=S.choices, protected=True)

    @transition(field=state, source=S.DRAFT, target=S.ASKED, permission=is_employee,
                guards=[has_days, not_too_long], label="Ask", logged=["days"])  # fmt: skip
    def ask(self, move):
        if "days" in move.data:
            self.days = move.data["days"]

    @transition(field=state, source=S.ASKED, target=S.GRANTED, permission=is_boss, guards=[], label="Grant")
    def grant(self, move):
        self.decided_at = move.now

    @transition(field=state, source=S.ASKED, target=S.REFUSED, permission=is_boss, guards=[], label="Refuse",
                note_required=True)  # fmt: skip
    def refuse(self, move):
        self.decided_at = move.now

    @transition(field=state, source=S.ASKED, target=S.ASKED, permission=is_boss, guards=[], label="Touch")
    def touch(self, move):
        self.touched += 1

    @transition(field=state, source=S.ASKED, target=S.ASKED, permission=is_employee, guards=[], label="Add a paper")
    def add_paper(self, move):
        self.papers.append(move.data.get("paper", "leave of absence"))  # in place: the list stays the same object

    @transition(field=state, source=S.ASKED, target=S.ASKED, permission=is_boss, guards=[], label="Give more time")
    def give_time(self, move):
        self.due_at = move.data.get("until")

    @transition(field=state, source=S.ASKED, target=S.EXPIRED, permission=lambda user, leave: False, guards=[],
                label="Expire", system=True)  # fmt: skip
    def expire(self, move):
        self.decided_at = move.now

    @transition(field=state, source=[S.GRANTED, S.REFUSED], target=S.ASKED, permission=is_boss, guards=[],
                label="Reopen", locks_parent=True)  # fmt: skip
    def reopen(self, move):
        self.decided_at = None


class H(models.TextChoices):
    OFFERED = "offered", "offered"
    TAKEN = "taken", "taken"


def is_colleague(user, handover):
    return handover.colleague_id == user.pk


class Handover(WorkflowModel):
    """Who stands in meanwhile: a machine that asks nobody for anything, on a row that another one leads to."""

    leave = models.OneToOneField(Leave, models.PROTECT, related_name="handover")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = FSMField(default=H.OFFERED, choices=H.choices, protected=True)

    @transition(field=state, source=H.OFFERED, target=H.TAKEN, permission=is_colleague, guards=[], label="Take over",
                offered=False)  # fmt: skip
    def take(self, move):
        pass
