"""Who sees what, for everybody; and for administrators why one person sees one case, or not."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from workflows import policy_table
from workflows.exceptions import NotPermitted
from workflows.models import Case
from workflows.policy import audiences_of, remembering, verb, verbs
from workflows.policy_drawing import lines_of
from workflows.reasons import answers_for, log_question, path_to_case, reasons_for

PUBLIC_ROLES = ("signed_out", "viewer", "editor", "submitter", "admin", "other_admin", "evaluator_cleared",
                "evaluator_asked")  # fmt: skip
"""What everybody may read the rules of; the funder's own roles are for the funder's people."""

STAFF = ("role:coordinator", "role:finance", "role:head", "role:administrator", "role:auditor")


def _is_staff(user: Any) -> bool:
    return not audiences_of(user).isdisjoint(STAFF)


def may_ask_why(user: Any) -> bool:
    """Administrators ask; every question is remembered."""
    return "role:administrator" in audiences_of(user)


@require_safe
def policy_page(request: HttpRequest) -> HttpResponse:
    """The policy table in words: for everybody the rules of applicants and evaluators, for staff all of it."""
    staff = _is_staff(request.user)
    roles = {key: words for key, words in policy_table.roles().items() if staff or key in PUBLIC_ROLES}
    kinds: dict[str, list[dict[str, Any]]] = {}
    for one in verbs():
        for line in lines_of(one):
            may = [words for key, words in roles.items() if line.answers[key]]
            if may or staff:
                row = {"line": line, "may": may, "everybody": len(may) == len(roles)}
                kinds.setdefault(one.model, []).append(row)
    groups = [(apps.get_model(model)._meta.verbose_name, rows) for model, rows in kinds.items()]
    context = {
        "groups": groups, "staff": staff, "totals": policy_table.totals(), "may_ask": may_ask_why(request.user)
    }  # fmt: skip
    return render(request, "workflows/policy.html", context)


def _verb_choices() -> Iterator[tuple[str, Any]]:
    for one in verbs():
        if path_to_case(apps.get_model(one.model)):
            yield one.name, one.label


class WhyForm(forms.Form):
    """Whom, which case, and what they would do."""

    email = forms.CharField(
        label=_("E-mail address of the person"), max_length=254,
        error_messages={"required": _("Type the e-mail address of the person.")},
    )  # fmt: skip
    number = forms.CharField(
        label=_("Number of the case"), max_length=60, error_messages={"required": _("Type the number of the project.")}
    )
    verb = forms.ChoiceField(label=_("What they would do"), choices=_verb_choices)

    def clean_email(self) -> Any:
        """The person behind the address."""
        person = get_user_model().objects.filter(email__iexact=self.cleaned_data["email"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return person

    def clean_number(self) -> Case:
        """The case of this number."""
        case = Case.objects.filter(number__iexact=self.cleaned_data["number"].strip()).first()
        if case is None:
            raise forms.ValidationError(_("There is no case of this number."))
        return case


@login_required
def why_page(request: HttpRequest) -> HttpResponse:
    """Choose a person, a case and a verb; read what each predicate looks at, and what it says. Every question is
    remembered in the log of the case."""
    if not may_ask_why(request.user):
        raise NotPermitted
    form = WhyForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        person, case, chosen = form.cleaned_data["email"], form.cleaned_data["number"], verb(form.cleaned_data["verb"])
        log_question(case=case, person=person, verb=chosen.name, by=request.user)
        with remembering():
            context |= {
                "person": person, "case": case, "verb": chosen, "reasons": reasons_for(person, case),
                "answers": answers_for(person, case, apps.get_model(chosen.model), [chosen]),
            }  # fmt: skip
    return render(request, "workflows/policy_why.html", context, status=400 if form.errors else 200)
