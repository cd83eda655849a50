"""What the policy table says about indicators and measurements."""

from django.utils.translation import gettext_lazy as _

from grants.evaluation import permissions as may
from grants.evaluation.selectors import indicators_visible_to, measurements_visible_to
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_situations

INDICATOR, MEASUREMENT = "grants.projectindicator", "grants.measurement"

register_situations("projectindicator", {"of_project": _("of a project being implemented")})
register_situations("measurement", {"draft": _("being written"), "submitted": _("handed in")})
register_verb(
    "projectindicator.view",
    _("see an indicator of a project"),
    model=INDICATOR,
    can=may.can_view_indicator,
    visible_to=indicators_visible_to,
)
register_verb(
    "projectindicator.measure",
    _("measure an indicator"),
    model=INDICATOR,
    can=may.can_measure,
    who_may=lambda indicator: people_with(indicator.project.case_id, f"org:{indicator.project.organisation_id}"),
)
register_verb(
    "measurement.view",
    _("see a measurement"),
    model=MEASUREMENT,
    can=may.can_view_measurement,
    visible_to=measurements_visible_to,
)
register_verb("measurement.hand_in", _("hand a measurement in"), model=MEASUREMENT, can=may.can_hand_in)
register_verb("measurement.judge", _("approve or return a measurement"), model=MEASUREMENT, can=may.can_judge)
