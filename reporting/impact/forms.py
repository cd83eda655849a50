"""The form that asks for a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.calls.selectors import calls_visible_to_staff
from grants.programmes.selectors import programmes_visible_to
from grants.projects.selectors import projects_visible_to_staff
from grants.projects.states import WITH_AWARD
from reporting.impact.states import Scope


class RequestForm(forms.Form):
    """What the report is about: a programme or call by choice, a project by its number."""

    subject = forms.ChoiceField(
        label=gettext_lazy("What the report is about"), required=False,
        help_text=gettext_lazy("Choose a programme or a call, or give the number of a project below."),
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Number of a project"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For example BP-2027-1-0001."),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        programmes = [(f"programme:{p.pk}", p.title) for p in programmes_visible_to(user)]
        calls = [(f"call:{c.pk}", str(c)) for c in calls_visible_to_staff(user).select_related(None)]
        self.fields["subject"].choices = [
            ("", _("Choose")), (_("Programmes"), programmes), (_("Calls"), calls),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, and something that this person may see."""
        cleaned = super().clean() or {}
        subject, number = cleaned.get("subject"), (cleaned.get("number") or "").strip()
        if self.errors:
            return cleaned
        if bool(subject) == bool(number):
            self.add_error("subject", _("Choose a programme or a call, or give the number of one project; not both."))
            return cleaned
        cleaned["scope"], cleaned["about"] = self._found(subject or "", number)
        if cleaned["about"] is None:
            self.add_error("number", _("There is no funded project with this number."))
        return cleaned

    def _found(self, subject: str, number: str) -> tuple[str, Any]:
        if number:
            visible = projects_visible_to_staff(self.user).filter(state__in=WITH_AWARD)
            return Scope.PROJECT, visible.filter(number__iexact=number).select_related("case", "call").first()
        scope, _colon, pk = subject.partition(":")
        choices: dict[str, Any] = {"programme": programmes_visible_to, "call": calls_visible_to_staff}
        return scope, choices[scope](self.user).filter(pk=pk).first()
