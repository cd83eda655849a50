"""The words of selection in a story."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from grants.accounts.models import User
from grants.calls.models import Call
from grants.projects.models import Project
from grants.selection.models import Decision, Evaluator, Review
from grants.selection.services import (
    add_evaluator,
    announce_decisions,
    assign_review,
    confirm_decisions,
    declare,
    draft_decision,
    propose_decisions,
    save_review,
    submit_review,
)
from grants.selection.services.reviews import Content
from tests.scenarios.content import REVIEW_COMMENT


class Selecting:
    """Evaluators, conflicts, reviews and decisions."""

    people: Any

    def evaluator(self, call: Call, key: str = "evaluator", name: str = "Evalda Evaldaitė") -> Evaluator:
        """Somebody in the pool of a call."""
        person = self.people.person(key, name)
        return add_evaluator(call=call, user=person, by=self.people.staff("coordinator"))

    def assigned(self, project: Project, evaluator: Evaluator, answer: str | None = "none", ground: str = "") -> Review:
        """Give an application to an evaluator, who answers the question of conflict (None: not yet)."""
        review = assign_review(project=project, evaluator=evaluator, by=self.people.staff("coordinator"))
        if answer is not None:
            conflict = project.conflicts.get(user=evaluator.user)
            declare(conflict=conflict, answer=answer, by=evaluator.user, ground=ground)
            review.refresh_from_db()
        return review

    def written(
        self, review: Review, *, share: str = "0.8", scores: Mapping[str, Any] | None = None,
        panel: str = "Siūlau finansuoti.", spread: Sequence[str] = ("0",),
        told: str = "Stipri paraiška: aiškus poreikis ir tikros partnerystės.", recommendation: str = "fund",
    ) -> Review:  # fmt: skip
        """Save a complete review.

        share: where on each scale the points lie, of which `spread` is added in turn, criterion by criterion;
        scores: points by criterion instead; told: what the applicant reads.
        """
        call = review.project.call
        chosen: dict[str, Decimal | None] = {}
        for at, criterion in enumerate(call.criteria.all()):
            values = sorted(Decimal(str(point["value"])) for point in criterion.scale)
            wanted = values[0] + (values[-1] - values[0]) * (Decimal(share) + Decimal(spread[at % len(spread)]))
            chosen[criterion.key] = min(values, key=lambda value: (abs(value - wanted), value))
        chosen |= {key: Decimal(str(value)) for key, value in (scores or {}).items()}
        content = Content(
            scores=chosen,
            comments={criterion.key: REVIEW_COMMENT for criterion in call.criteria.all()},
            recommendation=recommendation if call.terms.grants_money else "",
            recommended_amount=review.project.requested_amount,
            comment_applicant=told,
            comment_panel=panel,
        )
        return save_review(review=review, content=content, by=review.user)

    def reviewed(self, project: Project, evaluators: Sequence[Evaluator], **how: Any) -> list[Review]:
        """Every evaluator reviews an application and submits."""
        reviews = []
        for evaluator in evaluators:
            review = self.written(self.assigned(project, evaluator), **how)
            submit_review(review=review, by=evaluator.user)
            reviews.append(review)
        return reviews

    def decided(self, project: Project, outcome: str, amount: Any = None, reason: str = "") -> Decision:
        """A decision from draft to confirmed: proposed by the coordinator, confirmed by the head."""
        [decision] = self.decided_together(project.call, [(project, outcome, amount, reason)])
        return decision

    def decided_together(self, call: Call, chosen: Sequence[tuple[Project, str, Any, str]]) -> list[Decision]:
        """Decisions on many projects (project, outcome, sum, reason) proposed and confirmed in one go."""
        coordinator, head = self.people.staff("coordinator"), self.people.staff("head")
        decisions = [
            draft_decision(
                project=project, outcome=outcome, by=coordinator, reason=reason,
                amount=None if amount is None else Decimal(str(amount)),
            )
            for project, outcome, amount, reason in chosen
        ]  # fmt: skip
        propose_decisions(call=call, by=coordinator, decisions=decisions, despite_doubts=True)
        confirm_decisions(call=call, by=head, decisions=decisions)
        return decisions

    def announced(self, call: Call, decisions: Sequence[Decision]) -> None:
        """The decisions come into force."""
        by: User = self.people.staff("coordinator")
        announce_decisions(call=call, by=by, decisions=decisions, expected=len(decisions))

    def awarded(self, project: Project, amount: Any = None) -> Project:
        """Decided and announced: funded with what was asked for, or less."""
        decision = self.decided(project, "award", amount if amount is not None else project.requested_amount)
        self.announced(project.call, [decision])
        return Project.objects.get(pk=project.pk)
