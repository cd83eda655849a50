"""The letters of selection."""

from django.utils.translation import gettext_lazy as _

from workflows.messages import register_message

register_message(
    "decision_award", _("Decision: funded"),
    _("When the decision is announced, to the applicant's team."), "decisions", for_team=True,
)  # fmt: skip
register_message(
    "decision_recognise", _("Decision: recognised"),
    _("When the winner of a contest is announced, to the applicant's team."), "decisions", for_team=True,
)  # fmt: skip
register_message(
    "decision_commend", _("Decision: commended"),
    _("When a commendation in a contest is announced, to the applicant's team."), "decisions", for_team=True,
)  # fmt: skip
register_message(
    "decision_reserve", _("Decision: reserve list"),
    _("When the decision is announced, to the applicant's team."), "decisions", for_team=True,
)  # fmt: skip
register_message(
    "decision_decline", _("Decision: not funded"),
    _("When the decision is announced, to the applicant's team."), "decisions", for_team=True,
)  # fmt: skip
register_message(
    "review_assigned", _("An application to review"),
    _("When an application is given to an evaluator."), "reviews",
)  # fmt: skip
register_message(
    "review_returned", _("A review is returned"),
    _("When a coordinator returns a review, to the evaluator who wrote it."), "reviews",
)  # fmt: skip
