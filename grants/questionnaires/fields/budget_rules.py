"""The rules of a call about a budget, each broken one a sentence that says by how much."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.context import Context
from grants.questionnaires.text import in_language, money_text, number_text

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def broken_rules(value: dict[str, Any], context: Context) -> list[str]:
    """A sentence for each rule that the budget breaks: size of the grant, categories, own share, part in kind.

    `value` is `{"lines": […], "totals": {…}}` with sums as text; rules are those of the call document:
    `money` (grant_min, grant_max), `budget_categories` (max_percent_of_grant), `cofinancing`
    (own_share_min_percent of the whole cost, in_kind_allowed, in_kind_max_percent_of_own_share).
    """
    totals = {key: Decimal(total) for key, total in value["totals"].items()}
    cofinancing = context.rules.get("cofinancing") or {}
    return [
        *_grant_size(totals["grant"], context.rules.get("money") or {}),
        *_category_caps(value["lines"], totals["grant"], context),
        *_own_share(totals, cofinancing),
        *_in_kind(totals, cofinancing),
    ]


def _grant_size(grant: Decimal, money: dict[str, Any]) -> list[str]:
    least, most = _sum(money.get("grant_min")), _sum(money.get("grant_max"))
    if least is not None and grant < least:
        return [
            _("The requested grant is %(grant)s, the smallest is %(least)s: ask for %(gap)s more.")
            % {"grant": money_text(grant), "least": money_text(least), "gap": money_text(least - grant)}
        ]
    if most is not None and grant > most:
        return [
            _("The requested grant is %(grant)s, the largest is %(most)s: ask for %(gap)s less.")
            % {"grant": money_text(grant), "most": money_text(most), "gap": money_text(grant - most)}
        ]
    return []


def _category_caps(lines: list[dict[str, Any]], grant: Decimal, context: Context) -> list[str]:
    sentences = []
    for category in context.rules.get("budget_categories") or []:
        percent = category.get("max_percent_of_grant")
        if percent is None:
            continue
        asked = sum((Decimal(line["grant"]) for line in lines if line["category"] == category["code"]), Decimal(0))
        allowed = (grant * Decimal(str(percent)) / HUNDRED).quantize(CENT, ROUND_FLOOR)
        if asked > allowed:
            sentences.append(
                _(
                    "“%(category)s” takes %(share)s per cent of the grant, at most %(limit)s per cent is allowed: "
                    "move %(gap)s to other categories."
                )
                % {
                    "category": in_language(category["label"], context.language),
                    "share": _percent(asked, grant),
                    "limit": number_text(Decimal(str(percent))),
                    "gap": money_text(asked - allowed),
                }
            )
    return sentences


def _own_share(totals: dict[str, Decimal], cofinancing: dict[str, Any]) -> list[str]:
    """The own share counts against the whole cost, so a missing euro is one more of own money and one less of grant."""
    percent = cofinancing.get("own_share_min_percent")
    if percent is None:
        return []
    needed = (totals["cost"] * Decimal(str(percent)) / HUNDRED).quantize(CENT, ROUND_CEILING)
    own = totals["own"] + totals["in_kind"]
    if own >= needed:
        return []
    return [
        _(
            "Add %(gap)s of own contribution and ask for as much less: it is %(share)s per cent of the costs, "
            "at least %(limit)s per cent (%(needed)s) is needed."
        )
        % {
            "gap": money_text(needed - own),
            "share": _percent(own, totals["cost"]),
            "limit": number_text(Decimal(str(percent))),
            "needed": money_text(needed),
        }
    ]


def _in_kind(totals: dict[str, Decimal], cofinancing: dict[str, Any]) -> list[str]:
    in_kind = totals["in_kind"]
    if in_kind and cofinancing.get("in_kind_allowed") is False:
        return [_("Contribution in kind is not allowed: replace %(gap)s with money.") % {"gap": money_text(in_kind)}]
    percent = cofinancing.get("in_kind_max_percent_of_own_share")
    if percent is None:
        return []
    own = totals["own"] + in_kind
    allowed = (own * Decimal(str(percent)) / HUNDRED).quantize(CENT, ROUND_FLOOR)
    if in_kind <= allowed:
        return []
    return [
        _(
            "Replace %(gap)s of contribution in kind with money: it is %(share)s per cent of the own contribution, "
            "at most %(limit)s per cent is allowed."
        )
        % {
            "gap": money_text(in_kind - allowed),
            "share": _percent(in_kind, own),
            "limit": number_text(Decimal(str(percent))),
        }
    ]


def limits_in_words(context: Context) -> list[str]:
    """The same rules as sentences for the blank form."""
    money, cofinancing = context.rules.get("money") or {}, context.rules.get("cofinancing") or {}
    found = []
    least, most = _sum(money.get("grant_min")), _sum(money.get("grant_max"))
    if least is not None and most is not None:
        found.append(
            _("The grant is from %(least)s to %(most)s.") % {"least": money_text(least), "most": money_text(most)}
        )
    percent = cofinancing.get("own_share_min_percent")
    if percent is not None:
        found.append(_("Own contribution: at least %(percent)s per cent of the costs.") % {"percent": percent})
    in_kind = cofinancing.get("in_kind_max_percent_of_own_share")
    if in_kind is not None:
        found.append(_("In kind: at most %(percent)s per cent of the own contribution.") % {"percent": in_kind})
    found += [
        _("%(category)s: at most %(percent)s per cent of the grant.")
        % {"category": in_language(c["label"], context.language), "percent": c["max_percent_of_grant"]}
        for c in context.rules.get("budget_categories") or []
        if c.get("max_percent_of_grant") is not None
    ]
    return found


def _sum(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _percent(part: Decimal, whole: Decimal) -> str:
    share = part * HUNDRED / whole if whole else Decimal(0)
    return number_text(share.quantize(Decimal("0.1"), ROUND_HALF_UP), 1)
