"""The letters of decisions: made in one place, so that a preview says exactly what will leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grants.organisations.selectors import active_members
from grants.selection.models import Decision
from grants.selection.states import ReviewState
from workflows.messages import message_kind
from workflows.services.mail_text import Words, known_language, render
from workflows.services.messages import queue_message


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter before it leaves: to whom, in which language, and its words."""

    person: Any
    language: str
    words: Words


def kind_of(decision: Decision) -> str:
    """The kind of message that tells of a decision."""
    return f"decision_{decision.outcome}"


def letter_context(decision: Decision) -> dict[str, Any]:
    """What a decision letter is made of."""
    reviews = decision.project.reviews.filter(state=ReviewState.SUBMITTED).order_by("pk")
    comments = [review.comment_applicant for review in reviews if review.comment_applicant]
    return {"decision": decision, "project": decision.project, "call": decision.project.call, "comments": comments}


def recipients(decision: Decision) -> Iterator[Any]:
    """Everybody who acts for the applicant and has an open account."""
    for membership in active_members(decision.project.organisation):
        if membership.user.is_active:
            yield membership.user


def letters_of(decision: Decision) -> list[Letter]:
    """The letters that announcing the decision sends now, as each recipient will read theirs."""
    context = {**letter_context(decision), "case": decision.case}
    letters = []
    for person in recipients(decision):
        language = known_language(person.language)
        words = render(message_kind(kind_of(decision)), language, {**context, "person": person}, person.time_zone)
        letters.append(Letter(person, language, words))
    return letters


def write_letters(decision: Decision) -> None:
    """Queue the letter to each recipient; it leaves after the transaction."""
    context = letter_context(decision)
    for person in recipients(decision):
        queue_message(
            kind_of(decision), person, case=decision.case, context=context,
            dedupe=f"decision-{decision.pk}-{decision.version}-{person.pk}",
        )  # fmt: skip
