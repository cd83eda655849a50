"""What the states of a measurement mean, and whose turn it is in each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.accounts.states import Role
from grants.evaluation.models import Measurement
from grants.evaluation.selectors import measurements_visible_to
from grants.evaluation.states import MeasurementState
from workflows.registry import Machine, State, Work, register_machine, register_work

STAGE = "evaluation"
MEASURE = "indicators_measure"
JUDGE = "measurements_judge"


def grantee(obj: Any) -> list[str]:
    """Those of the grantee who may write."""
    return [f"org:{obj.indicator.project.organisation_id}"]


register_work(
    Work(
        kind=MEASURE,
        title=_("Measure the indicators of the project"),
        audience=lambda project: [f"org:{project.organisation_id}"],
        why=_("The project is closed once every required indicator has an approved endline."),
    )
)
register_work(
    Work(
        kind=JUDGE,
        title=_("Approve or return what was measured"),
        audience=lambda project: [f"role:{Role.COORDINATOR}"],
    )
)

register_machine(
    Machine(
        model=Measurement,
        field="state",
        label=pgettext_lazy("measurement", "measurement"),
        description=_("Handed in by the grantee with what shows it, approved by the funder; only then does it count."),
        visible_to=measurements_visible_to,
        states={
            MeasurementState.DRAFT: State(label=MeasurementState.DRAFT.label, stage=STAGE),
            MeasurementState.SUBMITTED: State(label=MeasurementState.SUBMITTED.label, stage=STAGE),
            MeasurementState.RETURNED: State(
                label=MeasurementState.RETURNED.label, stage=STAGE,
                work=[Work(kind="measurement_mend", title=_("Mend the measurement"), audience=grantee,
                           url=lambda o: o.get_edit_url(), why=_("It was returned."))],
            ),
            MeasurementState.APPROVED: State(label=MeasurementState.APPROVED.label, stage=STAGE),
            MeasurementState.SUPERSEDED: State(label=MeasurementState.SUPERSEDED.label, stage=STAGE, final=True),
        },
        urls={
            "submit": Measurement.get_edit_url,
            "approve": lambda o: o.get_absolute_url(),
        },
    )
)  # fmt: skip
