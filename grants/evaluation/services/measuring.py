"""Measuring: written and saved, handed in with what shows it, approved by another, corrected with a reason."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.evaluation.guards import project_is_measured
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.permissions import can_measure
from grants.evaluation.states import BEING_WRITTEN, UNDER_WAY, MeasurementState
from grants.implementation.services.editions import edition
from grants.questionnaires.services import store_document
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale
from workflows.models import TransitionRecord
from workflows.moves import Move
from workflows.services import begin, perform, perform_together
from workflows.services.log import locked_case

EVIDENCE = "measurement"
"""Category of documents that show a measured value."""

FORMATS = ("pdf", "docx", "xlsx", "odt", "ods", "png", "jpg", "adoc", "asice")


@dataclass(frozen=True, slots=True)
class Content:
    """What the grantee enters. Which of the numbers are there depends on the measure."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    mean: Decimal | None = None
    sample_size: int | None = None
    deviation: Decimal | None = None
    method: str = ""
    evidence: str = ""
    measured_on: date | None = None


def save_measurement(
    *, indicator: ProjectIndicator, wave: str, by: Any, content: Content, reason: str = "", upload: Any = None,
    seen: str | None = None,
) -> Measurement:  # fmt: skip
    """Keep what was measured; nothing has to be complete yet.

    Where a value is approved already, this begins its correction and `reason` says why. upload: a file that shows the
    value, in place of the one before. seen: the `edition_of` that the person's page showed. Raises NotPermitted,
    Blocked while nothing is measured, Stale once it is handed in and where somebody saved other values since, Refused
    for a correction without a reason, FileRefused for a file that is not accepted.
    """
    if not can_measure(by, indicator):
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        locked_case(indicator.project.case_id)
        measurement = _open_one(indicator, wave, reason)
        _check_seen(measurement, content, seen)
        obstacle = project_is_measured(measurement, Move("submit", by, clock.now()))
        if obstacle is not None:
            raise Blocked([obstacle])
        values = asdict(content)
        if upload is not None:
            values["document"] = store_document(
                upload=upload, case=measurement.case, category=EVIDENCE, by=by, formats=FORMATS,
                key=f"{indicator.key}-{wave}"[:64],
            )  # fmt: skip
        for name, value in values.items():
            setattr(measurement, name, value)
        if measurement.pk is None:
            begin(measurement, by=by)
        else:
            measurement.save(update_fields=[*values, "correction_reason"])
    return measurement


def edition_of(measurement: Measurement | None) -> str:
    """A mark of what is saved of a measurement that is being written; empty where nothing is."""
    if measurement is None or measurement.pk is None or measurement.state not in BEING_WRITTEN:
        return ""
    return edition(*(_plain(getattr(measurement, name)) for name in Content.__slots__))


def _plain(value: Any) -> Any:
    return value.normalize() if isinstance(value, Decimal) else value


def _check_seen(measurement: Measurement, content: Content, seen: str | None) -> None:
    """Refuse to write over what somebody else saved since; the same values twice are harmless."""
    same = all(_plain(getattr(measurement, name)) == _plain(value) for name, value in asdict(content).items())
    if seen is not None and seen != edition_of(measurement) and not same:
        raise Stale(url=measurement.get_edit_url())


def _open_one(indicator: ProjectIndicator, wave: str, reason: str) -> Measurement:
    """The measurement that is being written, or a new one: the first, or a correction of the approved one."""
    every = list(indicator.measurements.filter(wave=wave).order_by("number"))
    under_way = next((one for one in every if one.state in UNDER_WAY), None)
    if under_way is not None:
        if under_way.state not in BEING_WRITTEN:
            raise Stale(url=under_way.get_absolute_url())
        if under_way.corrects_id and reason.strip():
            under_way.correction_reason = reason.strip()
        return under_way
    approved = next((one for one in every if one.state == MeasurementState.APPROVED), None)
    if approved is not None and not reason.strip():
        raise Refused(_("Say why the approved value is corrected."))
    return Measurement(
        case=indicator.project.case, indicator=indicator, wave=wave, measure=indicator.measure,
        number=every[-1].number + 1 if every else 1, corrects=approved,
        correction_reason=reason.strip() if approved else "",
    )  # fmt: skip


def submit_measurement(
    *, measurement: Measurement, by: Any, key: str | None = None, seen_version: int | None = None
) -> TransitionRecord:
    """Hand a measurement in; raises Blocked with everything that is missing."""
    return perform(measurement, "submit", by=by, key=key, seen_version=seen_version)


def return_measurement(*, measurement: Measurement, by: Any, note: str) -> TransitionRecord:
    """Return a measurement with what is not clear."""
    return perform(measurement, "return_measurement", by=by, note=note)


def approve_measurement(*, measurement: Measurement, by: Any, note: str = "") -> TransitionRecord:
    """Let a value count. The approved value that it corrects is set aside in the same step."""
    moves: list[tuple[Any, str, dict[str, Any]]] = []
    if measurement.corrects is not None and measurement.corrects.state == MeasurementState.APPROVED:
        moves.append((measurement.corrects, "supersede", {}))
    moves.append((measurement, "approve", {}))
    return perform_together(moves, by=by, note=note or measurement.correction_reason)[-1]
