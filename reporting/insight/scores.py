"""Scores of a call around the money line, as far as a person may see the applications."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.calls.rules import as_decimal
from grants.calls.selectors import calls_visible_to_staff
from grants.selection.permissions import can_view_ranking
from grants.selection.ranking import Ranking, Row, ranking_of
from grants.selection.states import DecisionState
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.scores import Scored, scores_picture
from reporting.pictures.sources import as_of_now, by_id, csv_address

KIND = "scores"


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture of a call by its id."""
    call = by_id(calls_visible_to_staff(user), key)
    if call is None or not can_view_ranking(user, call):
        return None
    return of_ranking(ranking_of(call, user))


def of_ranking(ranking: Ranking) -> Picture | None:
    """The picture of a ranked table; None before anything has a score. No query: the table has it all.

    Its rows are those that the reader may see, and every count in it is a count of these.
    """
    rows = [_scored(row, str(group or "")) for group, of_group in ranking.groups for row in of_group]
    if all(row.score is None for row in rows):
        return None
    call = ranking.call
    pass_mark = as_decimal((call.terms.part("scoring") or {}).get("threshold_total"))
    formula = _(
        "Each review: 100 · Σ weight · (score − lowest of the scale) / (highest − lowest) / Σ weights; the score is "
        "put together from the reviews as the call's rules say. The line stands where the next one asks for more than "
        "is left."
    )
    ask = Ask(formula, as_of_now(), _("the ranked table below"), "#ranked")
    shown = scores_picture(rows, name=KIND, pass_mark=pass_mark, money=ranking.total is not None)
    return shown.with_source(ask, csv_address(KIND, call.pk))


def _scored(row: Row, group: str) -> Scored:
    project, announced = row.project, row.decision is not None and row.decision.state == DecisionState.ANNOUNCED
    side = {"commended": "fund", "tie": "after"}.get(row.place.line, row.place.line)
    if announced and row.decision is not None:
        side = (
            "fund" if row.decision.amount is not None or row.decision.outcome in {"recognise", "commend"} else "after"
        )
    totals = [review.total for review in row.reviews if review.total is not None]
    return Scored(
        project.title or project.number, str(project.organisation), row.place.rank, row.outcome.score,
        tuple(Decimal(total) for total in totals), side, _said(row, announced), project.get_absolute_url(), group,
    )  # fmt: skip


def _said(row: Row, announced: bool) -> str:
    if announced and row.decision is not None:
        return str(row.decision.outcome_label)
    words = {"fund": _("above the line"), "after": _("below the line"), "below": _("below a threshold"),
             "commended": pgettext("place", "commendation"), "tie": _("at the line")}  # fmt: skip
    return words.get(row.place.line, _("no reviews yet"))


def panel(ranking: Ranking, user: Any) -> dict[str, Any]:
    """The picture above the ranked table."""
    found = of_ranking(ranking)
    return {"picture": found} if found else {}
