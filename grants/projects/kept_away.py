"""Who is kept away from a project by rule. An exclusion is open exactly while a rule asks for it; nobody opens or
closes one by hand.

The rule of this room: whoever acts for the funder in any capacity is kept away from every project of an organisation
that they act for. What they may do as a member of the applicant's team stays. Later rooms add rules of their own (a
declared conflict) and capacities (a place in a jury).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

from grants.accounts.models import RoleGrant
from grants.organisations.models import Membership
from grants.projects.models import Project
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Case, Exclusion
from workflows.registry import contribute, contributions
from workflows.services.log import append, locked_case

RULES = "project.kept_away_rules"
"""Place for rules (Rule) that keep a person away from a project."""

CAPACITIES = "project.funder_capacities"
"""Place for functions acts(user_id) -> bool: whether the person acts for the funder in some capacity now."""

OWN_ORGANISATION = "own_organisation"
LOGGED_AS = "workflows.exclusion"

kept_away = Signal()
"""Sent inside the transaction when a person is newly kept away: project, user_id, code."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to keep people away: the codes that it gives, and code_for(user_id, project) -> one of them, or ""."""

    codes: frozenset[str]
    code_for: Callable[[int, Project], str]


def holds_a_role(user_id: int) -> bool:
    """Whether the person holds a role for the funder; one that begins later counts already."""
    grants = RoleGrant.objects.filter(user_id=user_id)
    return grants.filter(Q(until__isnull=True) | Q(until__gt=clock.now())).exists()


def acts_for_funder(user_id: int) -> bool:
    """Whether the person acts for the funder in any capacity that a room has told of."""
    return any(acts(user_id) for acts in contributions(CAPACITIES))


def own_organisation(user_id: int, project: Project) -> str:
    """The rule of this room; empty where it does not hold."""
    acting = Membership.objects.filter(
        user_id=user_id, organisation_id=project.organisation_id, left_at__isnull=True
    )  # fmt: skip
    return OWN_ORGANISATION if acting.exists() and acts_for_funder(user_id) else ""


contribute(CAPACITIES, holds_a_role)
contribute(RULES, Rule(frozenset({OWN_ORGANISATION}), own_organisation))


def settle(project: Project, user_id: int) -> None:
    """Open, keep, rename or end the exclusion of a person from a project, as the rules say now; each change is logged.

    An exclusion with a code that no rule gives is left alone.
    """
    rules: list[Rule] = contributions(RULES)
    with clock.reading(), transaction.atomic():
        case = locked_case(project.case_id)
        asked = [code for rule in rules if (code := rule.code_for(user_id, project))]
        there = Exclusion.objects.filter(case=case, user_id=user_id, until__isnull=True).first()
        if there is not None and (there.code in asked or not any(there.code in rule.codes for rule in rules)):
            return
        if there is not None:
            _end(case, there)
        if asked:
            _begin(case, user_id, asked[0])
            if there is None:
                kept_away.send(sender=Project, project=project, user_id=user_id, code=asked[0])


def _begin(case: Case, user_id: int, code: str) -> None:
    exclusion = Exclusion.objects.create(case=case, user_id=user_id, since=clock.now(), code=code)
    _log(case, exclusion, "keep_away", "", code)


def _end(case: Case, exclusion: Exclusion) -> None:
    exclusion.until = clock.now()
    exclusion.save(update_fields=["until"])
    _log(case, exclusion, "let_back", exclusion.code, "")


def _log(case: Case, exclusion: Exclusion, step: str, before: str, after: str) -> None:
    append(
        case=case, subject_label=LOGGED_AS, subject_id=exclusion.pk, subject_version=1 if after else 2,
        transition=step, before=before, after=after or "ended", by=SYSTEM, at=clock.now(),
        data={"person": exclusion.user_id},
    )  # fmt: skip


def settle_team(project: Project) -> None:
    """Apply the rules to everybody who acts for the applicant of a project, which has just begun."""
    acting = Membership.objects.filter(organisation_id=project.organisation_id, left_at__isnull=True)
    for user_id in sorted(set(acting.values_list("user_id", flat=True))):
        settle(project, user_id)


def settle_person(user_id: int, organisations: Iterable[int] | None = None) -> None:
    """Apply the rules to a person whose membership or capacity has just changed: to all projects of these
    organisations (None: of every organisation that they act for, or are kept away for)."""
    kept = Exclusion.objects.filter(user_id=user_id, code=OWN_ORGANISATION, until__isnull=True)
    if not acts_for_funder(user_id) and not kept.exists():
        return
    projects = Project.objects.select_related("case").order_by("case_id")
    if organisations is None:
        acting = Membership.objects.filter(user_id=user_id, left_at__isnull=True).values("organisation_id")
        projects = projects.filter(Q(organisation_id__in=acting) | Q(case_id__in=kept.values("case_id")))
    else:
        projects = projects.filter(organisation_id__in=list(organisations))
    for project in projects:
        settle(project, user_id)


def settle_everybody() -> None:
    """Apply the rules to all whom they may concern: a role that ends by its date makes no noise."""
    acting = Membership.objects.filter(left_at__isnull=True).values_list("user_id", flat=True)
    kept = Exclusion.objects.filter(code=OWN_ORGANISATION, until__isnull=True).values_list("user_id", flat=True)
    for user_id in sorted({*acting, *kept}):
        settle_person(user_id)
