"""Who evaluates a call, and the conflict of interest of each person with each project: a machine, not a tick."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.calls.models import Call
from grants.projects.models import Project
from grants.selection import guards, permissions
from grants.selection.hits import in_words
from grants.selection.states import ConflictState
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition

S = ConflictState


class Evaluator(models.Model):
    """A person in the pool of a call: an expert, a member of the jury; one of them may chair."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="evaluators", verbose_name=_("call"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="evaluator_of", verbose_name=_("person")
    )
    is_chair = models.BooleanField(_("chairs"), default=False)
    capacity = models.PositiveSmallIntegerField(_("at most this many applications"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluator")
        verbose_name_plural = _("evaluators")
        ordering = ("call", "user__full_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["call", "user"], name="evaluator_once_per_call"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(is_chair=True, left_at__isnull=True), name="evaluator_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ConflictDeclaration(WorkflowModel):
    """One person and one project: asked before any content is shown, answered, settled where in doubt.

    `hits` are what the product found by itself: a list of {"rule", "hard", "name"}, worded by `hits.in_words`. While
    the state is declared or found, an Exclusion keeps the person away from the case in every capacity held for the
    funder.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="conflicts", verbose_name=_("project"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    hits = models.JSONField(_("found by itself"), default=list, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    state = FSMField(_("state"), default=S.ASKED, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("conflict declaration")
        verbose_name_plural = _("conflict declarations")
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="conflict_once"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="conflict_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[S.ASKED, S.BLOCKED]) | Q(answered_at__isnull=False), name="conflict_answered"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.POSSIBLE, S.CONFLICT, S.ALLOWED]) | ~Q(ground=""), name="conflict_has_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.project}"

    def get_absolute_url(self) -> str:
        """The page where the question is answered."""
        return reverse("selection:conflict", args=[self.pk])

    @property
    def has_hard_hit(self) -> bool:
        """Whether something was found that cannot be declared away."""
        return any(hit["hard"] for hit in self.hits)

    @property
    def found(self) -> str:
        """What was found that cannot be declared away, in words."""
        return "; ".join(in_words(hit) for hit in self.hits if hit["hard"])

    @property
    def findings(self) -> list[str]:
        """Everything that was found, in the reader's language, one sentence each."""
        return [in_words(hit) for hit in self.hits]

    def _answer(self, move: Move) -> None:
        self.ground = move.data.get("ground", "")[:300]
        self.answered_at = move.now

    @transition(field=state, source=S.ASKED, target=S.NONE, permission=permissions.is_own,
                guards=[guards.nothing_hard_found], label=pgettext_lazy("conflict step", "I have none"))  # fmt: skip
    def declare_none(self, move: Move) -> None:
        """The person declares that there is no conflict."""
        self._answer(move)

    @transition(field=state, source=[S.ASKED, S.NONE], target=S.POSSIBLE, permission=permissions.is_own,
                guards=[guards.ground_given], label=pgettext_lazy("conflict step", "I may have one"))  # fmt: skip
    def declare_possible(self, move: Move) -> None:
        """The person is in doubt and says why; a coordinator settles it."""
        self._answer(move)

    @transition(field=state, source=[S.ASKED, S.NONE, S.POSSIBLE, S.ALLOWED], target=S.CONFLICT,
                permission=permissions.is_own, guards=[guards.ground_given],
                label=pgettext_lazy("conflict step", "I have a conflict"))  # fmt: skip
    def declare_conflict(self, move: Move) -> None:
        """The person steps aside; also later, when a conflict is discovered on the way."""
        self._answer(move)

    @transition(field=state, source=[S.POSSIBLE, S.BLOCKED], target=S.ALLOWED,
                permission=permissions.can_settle_conflict, note_required=True,
                guards=[guards.answered_with_ground, guards.nothing_hard_to_allow],
                label=pgettext_lazy("conflict step", "Allow with a reason"))  # fmt: skip
    def allow(self, move: Move) -> None:
        """Somebody else decides that the doubt does not matter, and says why."""

    @transition(field=state, source=[S.ASKED, S.NONE, S.POSSIBLE, S.ALLOWED], target=S.BLOCKED,
                permission=permissions.can_settle_conflict, system=True, note_required=True, guards=[],
                label=pgettext_lazy("conflict step", "Keep away"))  # fmt: skip
    def block(self, move: Move) -> None:
        """A conflict was found: by the product's own rules, or by somebody else."""
