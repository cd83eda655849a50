"""How a Django form is shown: label, hint, error, control, counter, in that order, tied together for screen readers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

NOTES = ("hint", "error", "counter")
CHOICE_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class FieldView:
    """One field, ready for components/field.html."""

    bound: BoundField
    kind: str  # "control", "checkbox", "choices" (radios or checkboxes), "group" (several inputs under one legend)
    id: str
    control: SafeString
    optional: bool
    limit: int | None


@dataclass(frozen=True)
class SummaryLine:
    """One line of the error summary: the sentence and the id of the control it is about (may be empty)."""

    message: str
    target: str


def kind_of(bound: BoundField) -> str:
    """Tell how a field must be laid out."""
    widget = bound.field.widget
    if isinstance(widget, CHOICE_GROUPS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if isinstance(widget, forms.MultiWidget) or bound.use_fieldset else "control"


def limit_of(bound: BoundField) -> int | None:
    """Return the greatest number of characters worth counting aloud, or None."""
    limit, widget = getattr(bound.field, "max_length", None), bound.field.widget
    typed = isinstance(widget, forms.Textarea) or (
        isinstance(widget, forms.TextInput) and widget.attrs.get("type", widget.input_type) == "text"
    )
    wanted = getattr(bound.field, "count_characters", "autocomplete" not in widget.attrs)
    return limit if limit and limit <= 5000 and typed and wanted else None


def field_view(bound: BoundField, shown: Iterable[str] = NOTES) -> FieldView:
    """Return a field with its control rendered and described by those of hint, error and counter that will be shown.

    The browser must not cut text at the limit in silence, so `maxlength` is left out: the server says what is too long.
    A placeholder vanishes as one types, so what it says belongs into the hint.
    """
    limit = limit_of(bound) if "counter" in shown else None
    parts = (("hint", bound.help_text), ("error", bound.errors), ("counter", limit))
    described = " ".join(f"{bound.auto_id}-{name}" for name, present in parts if present and name in shown)
    attrs: dict[str, Any] = {
        "maxlength": False, "placeholder": False, "required": False, "aria-describedby": described or False,
    }  # fmt: skip
    if bound.errors:
        attrs["aria-invalid"] = "true"
    optional = not bound.field.required and getattr(bound.form, "mark_optional", True) and kind_of(bound) != "checkbox"
    return FieldView(bound, kind_of(bound), bound.auto_id, bound.as_widget(attrs=attrs), optional, limit)


def target_of(bound: BoundField) -> str:
    """Return the id the error summary leads to: the control, or the first of a group."""
    if kind_of(bound) in ("choices", "group"):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _named(bound: BoundField, message: str) -> str:
    """The sentence; where it is only "This field is required.", with the name of the field before it."""
    if message != str(forms.Field.default_error_messages["required"]):
        return message
    return _("%(field)s: %(problem)s") % {"field": bound.label, "problem": message}


def error_lines(parts: Iterable[Any]) -> Iterator[SummaryLine]:
    """Give every error of forms and formsets, in page order; what concerns the whole form first."""
    for part in parts:
        if not part:
            continue
        if isinstance(part, forms.BaseFormSet):
            yield from (SummaryLine(str(message), "") for message in part.non_form_errors())
            yield from error_lines(part.forms)
            continue
        yield from (SummaryLine(str(message), "") for message in part.non_field_errors())
        for bound in part:
            yield from (
                SummaryLine(_named(bound, str(message)), "" if bound.is_hidden else target_of(bound))
                for message in bound.errors
            )
