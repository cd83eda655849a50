"""What is lost when work is left lying, and the one verb that begins it. Kinds that later rooms bring stand between."""

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import pgettext_lazy

FIRST = ("conflict_answer", "payment_mend", "message_dead", "call_resume")
"""Until it is done nothing else of the case can go on."""

GRAVE = (
    "project_fill", "clarification_answer", "decision_confirm", "decision_announce", "payment_pay", "call_decide",
)  # fmt: skip
"""Missed, it costs somebody a right, money or an answer."""

LIGHT = (
    "indicators_measure", "impact_report_publish", "milestone_report", "milestone_judge", "project_close",
    "call_prepare", "agreement_prepare",
)  # fmt: skip
"""Late, it costs nobody more than patience."""

VERBS: dict[str, Any] = {
    "agreement_prepare": pgettext_lazy("button", "Prepare"),
    "agreement_sign": pgettext_lazy("button", "Record"),
    "call_assess": pgettext_lazy("button", "See the call"),
    "call_decide": pgettext_lazy("button", "Decide"),
    "call_prepare": pgettext_lazy("button", "Prepare"),
    "call_resume": pgettext_lazy("button", "Resume"),
    "claim_decide": pgettext_lazy("button", "Decide"),
    "clarification_answer": pgettext_lazy("button", "Answer"),
    "conflict_answer": pgettext_lazy("button", "Answer"),
    "conflict_settle": pgettext_lazy("button", "Decide"),
    "decision_announce": pgettext_lazy("button", "Announce"),
    "decision_confirm": pgettext_lazy("button", "Confirm"),
    "impact_report_publish": pgettext_lazy("button", "Read"),
    "indicators_measure": pgettext_lazy("button", "Measure"),
    "measurement_mend": pgettext_lazy("button", "Mend"),
    "measurements_judge": pgettext_lazy("button", "Judge"),
    "message_dead": pgettext_lazy("button", "Mend"),
    "milestone_judge": pgettext_lazy("button", "Judge"),
    "milestone_report": pgettext_lazy("button", "Report"),
    "payment_approve": pgettext_lazy("button", "Look at it"),
    "payment_mend": pgettext_lazy("button", "Mend"),
    "payment_pay": pgettext_lazy("button", "Record"),
    "project_assess": pgettext_lazy("button", "Assess"),
    "project_check": pgettext_lazy("button", "Check"),
    "project_close": pgettext_lazy("button", "Close"),
    "project_fill": pgettext_lazy("button", "Continue"),
    "report_judge": pgettext_lazy("button", "Read"),
    "report_write": pgettext_lazy("button", "Write"),
    "review_write": pgettext_lazy("button", "Review"),
}


def weight() -> Case:
    """How grave it is to leave a work item lying: 4, 2, 1 or 0, as an expression on its kind."""
    return Case(
        When(kind__in=FIRST, then=Value(4)),
        When(kind__in=GRAVE, then=Value(2)), When(kind__in=LIGHT, then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
