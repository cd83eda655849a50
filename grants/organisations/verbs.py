"""What the policy table says about organisations, beside what the room's receivers register."""

from django.utils.translation import gettext_lazy as _

from grants.organisations.permissions import (
    can_decide_claim,
    can_help,
    can_manage_members,
    can_view_claim,
    can_view_invitation,
    can_view_members,
    can_view_membership,
    may_certify_for,
    may_edit_for,
    may_submit_for,
)
from grants.organisations.selectors import (
    claims_visible_to,
    invitations_visible_to,
    members_visible_to,
    organisations_managed_by,
    organisations_to_help,
    organisations_with_members_visible_to,
)
from workflows.policy import people_in, people_with, register_verb
from workflows.policy_table import register_roles, register_situations

register_roles({
    "viewer": _("viewer in the applicant's team"),
    "editor": _("editor in the applicant's team"),
    "submitter": _("submitter in the applicant's team"),
    "admin": _("administrator of the applicant"),
    "other_admin": _("administrator of another applicant"),
})  # fmt: skip
register_situations("organisation", {"own": _("the applicant"), "locked_out": _("without an administrator")})
register_situations("membership", {"own": _("in the applicant's team")})
register_situations("invitation", {"open": _("waiting"), "help": _("by which the funder helped")})
register_situations(
    "organisationclaim",
    {"asked": _("waiting for a decision"), "nobody_there": _("waiting, and the organisation has no administrator")},
)


register_verb(
    "organisation.view_members",
    _("see the members of an organisation"),
    model="grants.organisation",
    can=can_view_members,
    visible_to=organisations_with_members_visible_to,
)
register_verb(
    "organisation.manage_members",
    _("decide who the members of an organisation are"),
    model="grants.organisation",
    can=can_manage_members,
    visible_to=organisations_managed_by,
)
register_verb(
    "organisation.help",
    _("help an organisation that has no administrator left"),
    model="grants.organisation",
    can=can_help,
    visible_to=organisations_to_help,
    who_may=lambda organisation: people_in(f"org-help:{organisation.pk}"),
)
register_verb(
    "organisation.edit_for",
    _("write for an organisation"),
    model="grants.organisation",
    can=lambda user, organisation: may_edit_for(user, organisation.pk),
    who_may=lambda organisation: people_in(f"org:{organisation.pk}"),
)
register_verb(
    "organisation.submit_for",
    _("submit for an organisation"),
    model="grants.organisation",
    can=lambda user, organisation: may_submit_for(user, organisation.pk),
    who_may=lambda organisation: people_in(f"org-submit:{organisation.pk}"),
)
register_verb(
    "organisation.certify_for",
    _("certify for an organisation"),
    model="grants.organisation",
    can=lambda user, organisation: may_certify_for(user, organisation.pk),
)
register_verb(
    "membership.view",
    _("see who is, and was, a member"),
    model="grants.membership",
    can=can_view_membership,
    visible_to=members_visible_to,
)
register_verb(
    "invitation.view",
    _("see an invitation that waits"),
    model="grants.invitation",
    can=can_view_invitation,
    visible_to=invitations_visible_to,
)
register_verb(
    "organisationclaim.view",
    _("read a request to join"),
    model="grants.organisationclaim",
    can=can_view_claim,
    visible_to=claims_visible_to,
)
register_verb(
    "organisationclaim.decide",
    _("decide on a request to join"),
    model="grants.organisationclaim",
    can=can_decide_claim,
    who_may=lambda claim: people_with(
        claim.case_id, f"org-admin:{claim.organisation_id}", f"org-help:{claim.organisation_id}"
    ).exclude(pk=claim.user_id),
)
