"""Forms of the working pages of a call."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.calls.document import BadDocument, read_document
from grants.calls.document.reading import LARGEST
from grants.calls.models import Call
from grants.calls.states import BEGUN_STATES, CallState, DateKey
from grants.calls.zones import day_begins, local_wall
from grants.money.arithmetic import parse_money
from grants.money.models import Funding
from workflows.zones import LocalTimeError, to_utc

DAY = "%Y-%m-%d"
HOUR = "%Y-%m-%dT%H:%M"
HOUR_FORMATS = [HOUR, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class WallTimeField(forms.DateTimeField):
    """A day and an hour as the clocks of the call's zone show them; cleaned to the instant in UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=HOUR)

    def __init__(self, *, zone: str, **options: Any) -> None:
        self.zone = zone
        super().__init__(input_formats=HOUR_FORMATS, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show an instant by the clocks of the call's zone."""
        return local_wall(value, self.zone) if isinstance(value, datetime) and value.tzinfo else value

    def to_python(self, value: Any) -> datetime | None:
        """The instant; a time that the clocks never show, or show twice, is refused."""
        if value in self.empty_values:
            return None
        for pattern in HOUR_FORMATS:
            try:
                wall = datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007  the zone is the call's
            except ValueError:
                continue
            try:
                return to_utc(wall, self.zone)
            except LocalTimeError as fault:
                raise ValidationError(str(fault))
        raise ValidationError(_("Write the day and the hour: 2027-03-05 17:00."))


class NoteForm(forms.Form):
    """The reason, the version that the page showed and the key of this very form."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Applicants and the public read it."),
        error_messages={"required": _("Give a reason.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)


class DatesForm(NoteForm):
    """Every date of the timetable that can still be moved, in the call's own zone."""

    field_order: list[str] | None = None

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.call = call
        self.movable = [date for date in call.dates.all() if self._can_move(date)]
        for date in self.movable:
            self.fields[date.key] = self._field(date)
        self.order_fields([*(date.key for date in self.movable), "note", "key"])

    def _can_move(self, date: Any) -> bool:
        closed = date.key == DateKey.CLOSES and self.call.state in (CallState.CLOSED, CallState.DECIDING)
        begun = date.key in (DateKey.PUBLISHED, DateKey.OPENS) and self.call.state in BEGUN_STATES
        return date.actual_at is None and not closed and not begun

    def _field(self, date: Any) -> forms.Field:
        if not date.whole_day:
            return WallTimeField(label=date.label, zone=self.call.time_zone, initial=date.planned_at)
        widget = forms.DateInput(attrs={"type": "date"}, format=DAY)
        return forms.DateField(label=date.label, initial=date.day, widget=widget, input_formats=[DAY])

    def moved(self) -> dict[str, datetime]:
        """The dates as instants, a whole day by its beginning."""
        found = {}
        for date in self.movable:
            value = self.cleaned_data[date.key]
            found[date.key] = day_begins(value, self.call.time_zone) if date.whole_day else value
        return found


class ExtendForm(NoteForm):
    """A later closing time, and whether the dates after it move as well."""

    shift_following = forms.BooleanField(
        label=_("Move the dates after the deadline by as many days"), required=False, initial=True
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["closes_at"] = WallTimeField(
            label=_("New deadline"),
            zone=call.time_zone,
            error_messages={"required": _("Give the new closing time.")},
        )
        self.order_fields(["closes_at", "shift_following", "note", "key"])


class FundingsForm(forms.Form):
    """How much of each funding stands behind the call."""

    def __init__(self, *args: Any, call: Call, fundings: list[Funding], **options: Any) -> None:
        super().__init__(*args, **options)
        now = {part.funding_id: part.amount for part in call.fundings.all()}
        self.fundings = fundings
        for funding in fundings:
            self.fields[f"funding-{funding.pk}"] = forms.CharField(
                label=str(funding), required=False, max_length=40, initial=now.get(funding.pk, "")
            )

    def clean(self) -> dict[str, Any]:
        """Each sum as people write it: 1 234,50 and 1234.50 both."""
        for funding in self.fundings:
            name = f"funding-{funding.pk}"
            typed = self.cleaned_data.get(name)
            if not typed:
                continue
            try:
                amount = parse_money(typed)
            except ValueError as fault:
                self.add_error(name, str(fault))
                continue
            if amount < 0:
                self.add_error(name, _("A sum cannot be negative."))
            self.cleaned_data[name] = amount
        return self.cleaned_data

    def amounts(self) -> dict[Funding, Decimal]:
        """The sums that were given."""
        given = {funding: self.cleaned_data.get(f"funding-{funding.pk}") for funding in self.fundings}
        return {funding: amount for funding, amount in given.items() if isinstance(amount, Decimal)}


class LoadForm(forms.Form):
    """The document of a call."""

    document = forms.FileField(
        label=_("Document of the call"),
        help_text=_("A JSON file, 2 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_document(self) -> dict[str, Any]:
        """The document that the file holds."""
        file = self.cleaned_data["document"]
        try:
            return read_document(file.read(LARGEST + 1))
        except BadDocument as refusal:
            raise ValidationError([str(obstacle) for obstacle in refusal.obstacles])
