"""Every address of the product with a thing of the world behind it, and with a thing that never was."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from grants.organisations.services.invitations import token_of
from tests.scenarios.world import World

HUGE = 10**30
NEVER = {"pk": 987654, "number": "nera-tokio", "code": "nera-tokio", "key": "nera-tokio", "token": "nera-tokio",
         "public_id": UUID(int=7), "language": "lt", "label": "grants.project", "name": "hold", "section": "nera",
         "wave": "baseline", "user_pk": 987654, "invitation_pk": 987654, "evaluator_pk": 987654, "kind": "spending",
         "expense_pk": 987654, "decision_pk": 987654}  # fmt: skip

THINGS: dict[str, tuple[str, str]] = {
    "workflows:message": ("message", "letter"),
    "workflows:message_retry": ("message", "letter"),
    "workflows:message_address": ("message", "letter"),
    "workflows:message_cancel": ("message", "letter"),
    "workflows:job": ("job", "of_project"),
    "workflows:job_cancel": ("job", "of_project"),
    "workflows:job_file": ("job", "of_project"),
    "workflows:transition": ("project", "implementation"),
    "accounts:revoke": ("rolegrant", "head"),
    "organisations:detail": ("organisation", "own"),
    "organisations:claim": ("organisation", "own"),
    "organisations:invite": ("organisation", "own"),
    "organisations:help": ("organisation", "locked_out"),
    "organisations:log": ("organisation", "own"),
    "organisations:withdraw": ("invitation", "open"),
    "organisations:member_role": ("membership", "own"),
    "organisations:end": ("membership", "own"),
    "organisations:claim_detail": ("organisationclaim", "asked"),
    "organisations:accept": ("invitation", "open"),
    "money:funding": ("funding", "any"),
    "money:funding_stage": ("funding", "any"),
    "programmes:upload": ("strategyupload", "any"),
    "programmes:plan": ("strategyplan", "any"),
    "questionnaires:document": ("document", "submitted"),
    "calls:detail": ("call", "draft"),
    "calls:manage": ("call", "published"),
    "calls:dates": ("call", "published"),
    "calls:extend": ("call", "published"),
    "calls:fundings": ("call", "draft"),
    "projects:detail": ("project", "selection"),
    "projects:allocate": ("project", "draft"),
    "projects:invite": ("project", "application"),
    "applications:of_call": ("call", "published"),
    "applications:start": ("call", "published"),
    "applications:receipt": ("submittedversion", "submitted"),
    "applications:content": ("submittedversion", "submitted"),
    "applications:clarification": ("clarification", "asked"),
    "applications:detail": ("application", "draft"),
    "applications:section": ("application", "draft"),
    "applications:check": ("application", "draft"),
    "applications:section_from_check": ("application", "draft"),
    "applications:submit": ("application", "draft"),
    "applications:attempts": ("application", "selection"),
    "applications:record": ("application", "selection"),
    "applications:abandon": ("application", "draft"),
    "applications:reopen": ("application", "application"),
    "applications:withdraw": ("application", "application"),
    "applications:eligibility": ("application", "application"),
    "applications:ineligible": ("application", "application"),
    "applications:clarify": ("application", "application"),
    "selection:review": ("review", "draft"),
    "selection:conflict": ("conflictdeclaration", "asked"),
    "selection:step_aside": ("project", "selection"),
    "selection:evaluators": ("call", "published"),
    "selection:assign": ("call", "published"),
    "selection:remove_evaluator": ("call", "published"),
    "selection:ranking": ("call", "published"),
    "selection:decisions": ("call", "published"),
    "selection:confirm": ("call", "published"),
    "selection:announce": ("call", "published"),
    "selection:letters": ("decision", "proposed"),
    "implementation:agreement": ("project", "implementation"),
    "implementation:paper": ("project", "implementation"),
    "implementation:budget": ("project", "awarded"),
    "implementation:milestone": ("milestone", "planned"),
    "implementation:payment": ("payment", "planned"),
    "implementation:report": ("progressreport", "draft"),
    "implementation:expense_new": ("progressreport", "draft"),
    "implementation:expense": ("progressreport", "draft"),
    "implementation:expense_remove": ("progressreport", "draft"),
    "evaluation:indicators": ("project", "implementation"),
    "evaluation:measure": ("projectindicator", "of_project"),
    "evaluation:measurement": ("measurement", "submitted"),
    "evaluation:approve": ("measurement", "submitted"),
    "showcase:project": ("project", "implementation"),
    "showcase:results": ("call", "published"),
    "showcase:results_csv": ("call", "published"),
    "pictures:csv": ("project", "implementation"),
    "impact:report": ("impactreport", "assembled"),
    "impact:pdf": ("impactreport", "published"),
    "impact:figures": ("impactreport", "assembled"),
    "impact:table": ("impactreport", "assembled"),
}
"""The thing behind each address that names one."""


def routes() -> dict[str, frozenset[str]]:
    """Every named address of the product and the words of its path; those of accounts' package are its own matter."""
    return {name: words for name, words in _walk(get_resolver().url_patterns) if not name.startswith(PACKAGE)}


PACKAGE = ("account_", "mfa_", "usersessions_")


def _walk(patterns: Any, space: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", frozenset(pattern.pattern.converters)


def words_of(world: World, route: str, words: frozenset[str]) -> dict[str, Any]:
    """The words of the address of the world's own thing."""
    if not words:
        return {}
    thing = world.thing(*THINGS[route])
    own: dict[str, Any] = {"pk": thing.pk, "label": "grants.project", "name": "hold", "wave": "midline"}
    for name, attribute in {"key": "key", "public_id": "public_id", "code": "code"}.items():
        own[name] = getattr(thing, attribute, None)
    if route in {"organisations:withdraw", "organisations:member_role", "organisations:end"}:
        own |= {"pk": thing.organisation_id, "invitation_pk": thing.pk, "user_pk": getattr(thing, "user_id", None)}
    if route == "organisations:accept":
        own["token"] = token_of(thing)
    if "number" in words:
        own["number"] = thing.receipt_number if "receipt" in route or "content" in route else 1
    if route.startswith("impact:"):
        own |= {"language": "lt", "name": "indicators"}
    if route == "pictures:csv":
        own |= {"kind": "spending", "key": thing.pk}
    if route == "showcase:project":
        own["number"] = thing.number
    if "section" in words:
        own["section"] = thing.sheet.questionnaire.definition["sections"][0]["id"]
    if "evaluator_pk" in words:
        own["evaluator_pk"] = thing.evaluators.order_by("pk").last().pk
    if "decision_pk" in words:
        own |= {"pk": thing.project.call_id, "decision_pk": thing.pk}
    if "expense_pk" in words:
        own["expense_pk"] = world.expense.pk
    return {name: own[name] for name in words}


def address(world: World, route: str, words: frozenset[str]) -> str:
    """The address of the world's own thing."""
    return reverse(route, kwargs=words_of(world, route, words))


def address_of_nothing(route: str, words: frozenset[str], *, huge: bool = False) -> str:
    """The same address with a thing that never was; `huge`: with a number that no database can hold."""
    given = {name: NEVER[name] for name in words}
    if route == "applications:record":
        given["number"] = 1
    if route.startswith("workflows:job"):
        given["key"] = UUID(int=7)
    if huge and "pk" in words:
        given["pk"] = HUGE
    return reverse(route, kwargs=given)
