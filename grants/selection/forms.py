"""The forms of selection: conflict, review, pool, assignment, decisions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from grants.calls.models import Call, Criterion
from grants.money.forms import MoneyField
from grants.selection.models import Review
from grants.selection.selectors import commendations_of
from grants.selection.services.drafting import Changed, draft_mark
from grants.selection.services.reviews import Content
from grants.selection.states import ConflictState, DecisionOutcome, Recommendation, outcome_label
from workflows.exceptions import Refused
from workflows.formatting import number
from workflows.text import localized


class ConflictForm(forms.Form):
    """One answer to the question of conflict, with its ground."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Have you a conflict of interest?"),
        widget=forms.RadioSelect,
        choices=[
            (ConflictState.NONE.value, gettext_lazy("No, I have none")),
            (ConflictState.POSSIBLE.value, gettext_lazy("Perhaps: let a coordinator settle it")),
            (ConflictState.CONFLICT.value, gettext_lazy("Yes: give it to somebody else")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the three answers.")},
    )
    ground = forms.ChoiceField(label=gettext_lazy("What it is"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=250,
        help_text=gettext_lazy("A coordinator reads it; the applicant does not."),
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = call.terms.part("conflict_of_interest", "grounds") or []
        words = [localized(ground) for ground in grounds]
        self.fields["ground"].choices = [("", "—"), *[(text, text) for text in words]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A doubt or a conflict needs a ground."""
        cleaned = super().clean() or {}
        parts = [cleaned.get("ground", ""), cleaned.get("words", "")]
        cleaned["text"] = ": ".join(part for part in parts if part)
        if cleaned.get("answer") in {ConflictState.POSSIBLE, ConflictState.CONFLICT} and not cleaned["text"]:
            self.add_error("ground", _("Choose or write the ground of the conflict."))
        return cleaned


MOST_POINTS_SHOWN = 8
"""A longer scale is chosen from a list; a shorter one shows every point with its meaning."""


def point_label(point: dict[str, Any]) -> str:
    """A point of a scale with its meaning."""
    anchor = localized(point.get("anchor") or {}, get_language())
    return anchor or str(point["value"])


class ReviewForm(forms.Form):
    """Scores and comments for every criterion, and the advice. Nothing is required to save; all of it to submit."""

    mark_optional = False
    prefix = "q"
    """What js/forms.js saves in the background: names that begin with q-."""

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        self.review, self.call = review, review.project.call
        self.criteria = list(self.call.criteria.order_by("order"))
        kwargs.setdefault("initial", self._initial())
        super().__init__(*args, **kwargs)
        for criterion in self.criteria:
            self._add_criterion(criterion)
        if self.call.terms.grants_money:
            self.fields["recommendation"] = forms.ChoiceField(
                label=_("Your advice"), required=False, widget=forms.RadioSelect, choices=Recommendation.choices
            )
            self.fields["recommended_amount"] = MoneyField(label=_("Sum that you recommend, EUR"), required=False)
        self.fields["comment_applicant"] = self._words(
            _("Comment for the applicant"), _("The applicant reads it with the decision.")
        )
        self.fields["comment_panel"] = self._words(_("Comment for the panel only"), _("The applicant never reads it."))

    @staticmethod
    def _words(label: str, hint: str) -> forms.CharField:
        return forms.CharField(
            label=label, help_text=hint, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
        )

    def _add_criterion(self, criterion: Criterion) -> None:
        points = [(str(point["value"]), point_label(point)) for point in criterion.scale]
        is_long = len(points) > MOST_POINTS_SHOWN
        if is_long:
            points = [("", "—"), *((value, f"{number(value)} · {words}") for value, words in points)]
        self.fields[f"score-{criterion.key}"] = forms.ChoiceField(
            label=_("Points") if is_long else criterion.label, required=False, choices=points,
            widget=forms.Select if is_long else forms.RadioSelect,
        )  # fmt: skip
        rules = self.call.terms.part("scoring") or {}
        least = int(rules.get("comment_min_chars") or 0) if rules.get("comment_required") else 0
        hint = _("At least %(least)d characters.") % {"least": least} if least else ""
        self.fields[f"comment-{criterion.key}"] = self._words(_("Why these points"), hint)

    def _initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {
            "recommendation": self.review.recommendation,
            "recommended_amount": self.review.recommended_amount,
            "comment_applicant": self.review.comment_applicant,
            "comment_panel": self.review.comment_panel,
        }
        for score in self.review.scores.select_related("criterion"):
            key = score.criterion.key
            initial[f"comment-{key}"] = score.comment
            values = [str(p["value"]) for p in score.criterion.scale if Decimal(str(p["value"])) == score.value]
            initial[f"score-{key}"] = values[0] if values else ""
        return initial

    def rows(self) -> list[dict[str, Any]]:
        """Each criterion with its two bound fields, for the page."""
        return [
            {
                "criterion": c,
                "score": self[f"score-{c.key}"],
                "comment": self[f"comment-{c.key}"],
                "is_list": len(c.scale) > MOST_POINTS_SHOWN,
            }
            for c in self.criteria
        ]

    def advice(self) -> list[Any]:
        """The bound fields after the criteria."""
        names = ("recommendation", "recommended_amount", "comment_applicant", "comment_panel")
        return [self[name] for name in names if name in self.fields]

    def content(self) -> Content:
        """What was written, for the service."""
        data = self.cleaned_data
        scores = {c.key: data.get(f"score-{c.key}") for c in self.criteria}
        return Content(
            scores={key: Decimal(value) if value else None for key, value in scores.items()},
            comments={c.key: data.get(f"comment-{c.key}", "") for c in self.criteria},
            recommendation=data.get("recommendation", ""),
            recommended_amount=data.get("recommended_amount"),
            comment_applicant=data.get("comment_applicant", ""),
            comment_panel=data.get("comment_panel", ""),
        )


class EvaluatorForm(forms.Form):
    """A person for the pool of a call, by the e-mail address of their account."""

    email = forms.EmailField(label=gettext_lazy("E-mail of the evaluator"))
    capacity = forms.IntegerField(
        label=gettext_lazy("At most this many applications"), required=False, min_value=1, max_value=500
    )
    is_chair = forms.BooleanField(label=gettext_lazy("Chairs the group"), required=False)

    def clean_email(self) -> Any:
        """The person with this address; their account must exist."""
        person = get_user_model().objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account with this address. Ask the person to sign up first."))
        return person


class DecisionForm(forms.Form):
    """One row of the decisions: the outcome, the sum, the reason that the applicant reads."""

    mark_optional = False
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[])
    amount = MoneyField(label=gettext_lazy("Award, EUR"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the applicant"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, call: Call, from_reserve: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [DecisionOutcome.AWARD] if call.terms.has_implementation else [DecisionOutcome.RECOGNISE]
        if commendations_of(call):
            offered.append(DecisionOutcome.COMMEND)
        if not from_reserve:
            if call.terms.has("reserve_list"):
                offered.append(DecisionOutcome.RESERVE)
            offered.append(DecisionOutcome.DECLINE)
        self.fields["outcome"].choices = [
            (o.value, outcome_label(o, grants_money=call.terms.grants_money)) for o in offered
        ]  # type: ignore[attr-defined]
        if not call.terms.grants_money:
            del self.fields["amount"]

    def clean(self) -> dict[str, Any]:
        """An award needs a sum."""
        cleaned = super().clean() or {}
        is_award = cleaned.get("outcome") == DecisionOutcome.AWARD
        if is_award and "amount" not in self.errors and not cleaned.get("amount"):
            self.add_error("amount", _("Name the sum of the award."))
        return cleaned

    def refused(self, refusal: Refused) -> None:
        """Say why the row was not saved; what was changed meanwhile counts as seen from now on."""
        for obstacle in refusal.obstacles:
            self.add_error(None, str(obstacle))
        if isinstance(refusal, Changed):
            _mark_as_seen(self, draft_mark(refusal.decision))


def _mark_as_seen(form: forms.Form, mark: str) -> None:
    """Send the form out with this mark in its hidden field; everything else stays as it was typed."""
    data: Any = form.data.copy()
    data[form.add_prefix("seen")] = mark
    form.data = data


class AnnounceForm(forms.Form):
    """The number of decisions, typed, so that no wrong selection leaves."""

    expected = forms.IntegerField(
        label=gettext_lazy("Type how many decisions you announce"),
        min_value=1,
        error_messages={"required": gettext_lazy("Type the number of decisions.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10000)

    def show_list_again(self, mark: str) -> None:
        """The list stands on the page anew: from now on it is what the person has seen."""
        _mark_as_seen(self, mark)


class ReasonForm(forms.Form):
    """A reason that is kept in the log."""

    note = forms.CharField(
        label=pgettext_lazy("of a step", "Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give a reason.")},
    )  # fmt: skip
