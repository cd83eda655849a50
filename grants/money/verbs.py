"""What the policy table says about the funder's money."""

from django.utils.translation import gettext_lazy as _

from grants.money.permissions import can_override_limit, can_record_funding, can_view_entry, can_view_money
from grants.money.selectors import fundings_visible_to, ledger_visible_to
from workflows.policy import register_verb
from workflows.policy_table import register_situations, register_total

register_situations("funding", {"any": _("any")})
register_situations("ledgerentry", {"of_project": _("of a project")})
register_verb(
    "funding.view",
    _("see sources, fundings and balances"),
    model="grants.funding",
    can=can_view_money,
    visible_to=fundings_visible_to,
)
register_verb("funding.record", _("record a funding and its stages"), model="grants.funding", can=can_record_funding)
register_verb("funding.override_limit", _("commit more than there is"), model="grants.funding", can=can_override_limit)
register_verb(
    "ledgerentry.view",
    _("read an entry of the ledger"),
    model="grants.ledgerentry",
    can=can_view_entry,
    visible_to=ledger_visible_to,
)
register_total(
    "balances",
    _("Balances of fundings"),
    _("reserved, committed and paid of all cases together; how many entries are not shown"),
)
