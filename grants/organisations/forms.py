"""Forms about members of organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.accounts.names import tidy_line
from grants.organisations.states import ROLE_MEANINGS, MemberRole


class RoleField(forms.ChoiceField):
    """A choice among the roles of members, each with what it may."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Role"))
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(choices=role_choices, **kwargs)


def role_choices() -> list[tuple[str, Any]]:
    """The roles with what each may, in the reader's language."""
    return [(role.value, f"{role.label}: {ROLE_MEANINGS[role]}") for role in MemberRole]


class InviteForm(forms.Form):
    """Whom to invite by mail, in which role."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = RoleField(initial=MemberRole.EDITOR)


class HelpForm(forms.Form):
    """Whom of the organisation to invite as its administrator, and why the funder does it."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("An address that ends in the organisation's own domain."), max_length=254
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("How you know that nobody can let people in, and who asked. All members read it."),
        max_length=500,
        error_messages={"required": _("Write the reason: the members of the organisation will read it.")},
    )

    def clean_reason(self) -> str:
        """Keep the reason on one line, without invisible signs."""
        return tidy_line(self.cleaned_data["reason"])


class MemberRoleForm(forms.Form):
    """Another role for a member."""

    role = RoleField()


class ClaimForm(forms.Form):
    """A request to act for an organisation."""

    message = forms.CharField(
        label=_("Who you are in the organisation"),
        help_text=_("Your duties, and who there can confirm it. Whoever decides reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write who you are in the organisation.")},
    )


class ClaimDecisionForm(forms.Form):
    """Allow, in a role, or decline, with the reason."""

    ALLOW, DECLINE = "allow", "decline"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(ALLOW, _("Allow")), (DECLINE, _("Decline"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to allow or to decline.")},
    )
    role = RoleField(label=_("Role, if allowed"), initial=MemberRole.EDITOR)
    note = forms.CharField(
        label=_("Reason"), help_text=_("Needed to decline; the person reads it."), max_length=500, required=False
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_note(self) -> str:
        """Keep the reason on one line, without invisible signs."""
        return tidy_line(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        """A person who is declined gets a reason."""
        data = super().clean() or self.cleaned_data
        if data.get("decision") == self.DECLINE and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write the reason: the person will read it."))
        return data
