"""Forms about people: signing up, one's own profile, roles."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grants.accounts.models import User
from grants.accounts.names import tidy_line, time_zones
from grants.accounts.selectors import person_by_email
from grants.accounts.states import Role


class NameField(forms.CharField):
    """A name as its bearer writes it: one line, without invisible signs."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name and surname"))
        kwargs.setdefault("max_length", 150)
        kwargs.setdefault("error_messages", {"required": _("Enter your name and surname.")})
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "name")

    def to_python(self, value: Any) -> str:
        """Tidy the line before its length is measured."""
        return tidy_line(super().to_python(value))


class SignupForm(forms.Form):
    """What signing up asks beside the address and the password."""

    full_name = NameField()
    language = forms.ChoiceField(
        label=_("Language"), choices=User.Language.choices, help_text=_("Pages and letters come in this language.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or "lt")[:2]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the answers with the new account (django-allauth calls this)."""
        user.full_name = self.cleaned_data["full_name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["full_name", "language"])


class ProfileForm(forms.ModelForm):
    """A person's own name, language and time zone."""

    full_name = NameField()
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Times on pages are shown in this zone; deadlines name their own.")
    )

    class Meta:
        model = User
        fields = ["full_name", "language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = time_zones()
        if self.instance.time_zone and self.instance.time_zone not in known:
            known.insert(0, self.instance.time_zone)
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in known]


class LanguageForm(forms.Form):
    """The language switch at the head of each page."""

    language = forms.ChoiceField(choices=User.Language.choices)


class GrantRoleForm(forms.Form):
    """Whom to give which role, and why."""

    email = forms.EmailField(
        label=_("E-mail of the person"), help_text=_("The person must have an account."), max_length=254
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.person: User | None = None

    def clean_email(self) -> str:
        """Find the account; nobody gives a role to themselves."""
        email: str = self.cleaned_data["email"]
        self.person = person_by_email(email)
        if self.person is None:
            raise forms.ValidationError(_("Nobody has an account with this address. Ask the person to sign up first."))
        if self.person.pk == self.by.pk:
            raise forms.ValidationError(_("You cannot change your own roles. Ask another administrator."))
        return email

    def clean_reason(self) -> str:
        """Keep the reason on one line, without invisible signs."""
        return _needed(self.cleaned_data["reason"])


class RevokeRoleForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    def clean_reason(self) -> str:
        """Keep the reason on one line, without invisible signs."""
        return _needed(self.cleaned_data["reason"])


def _needed(text: str) -> str:
    tidy = tidy_line(text)
    if not tidy:
        raise forms.ValidationError(_("Write the reason: it is kept with the role."))
    return tidy
