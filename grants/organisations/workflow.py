"""The machine of requests to act for an organisation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.organisations.models import OrganisationClaim
from grants.organisations.selectors import claims_visible_to
from grants.organisations.states import ClaimState
from workflows.registry import Machine, State, Work, register_machine

register_machine(
    Machine(
        model=OrganisationClaim,
        field="state",
        label=_("request to join"),
        description=_(
            "A person whose address does not prove it asks to act for an organisation; its administrators decide."
        ),
        visible_to=claims_visible_to,
        urls={
            "allow": lambda claim: claim.get_absolute_url(),
            "decline": lambda claim: claim.get_absolute_url(),
        },
        states={
            ClaimState.ASKED: State(
                label=pgettext_lazy("request to join", "waiting"),
                explanation=_(
                    "The organisation's administrators look whether the person works there; without any, the funder's."
                ),
                work=[
                    Work(
                        kind="claim_decide",
                        title=_("Decide who may act for an organisation"),
                        audience=lambda claim: [
                            f"org-admin:{claim.organisation_id}",
                            f"org-help:{claim.organisation_id}",
                        ],
                        url=lambda claim: claim.get_absolute_url(),
                        why=_("A person asks to join whose e-mail address does not show that they work there."),
                    )
                ],
            ),
            ClaimState.ALLOWED: State(label=pgettext_lazy("request to join", "allowed"), final=True),
            ClaimState.DECLINED: State(label=pgettext_lazy("request to join", "declined"), final=True),
            ClaimState.WITHDRAWN: State(label=pgettext_lazy("request to join", "withdrawn"), final=True),
        },
    )
)
