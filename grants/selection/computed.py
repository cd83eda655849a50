"""Conflicts that the product finds by itself, before anybody is asked."""

from collections.abc import Iterator
from typing import Any

from grants.applications.selectors import latest_version
from grants.organisations.folding import fold
from grants.organisations.models import Membership
from grants.projects.models import Project
from grants.projects.states import NOT_SUBMITTED

PUBLIC_MAIL = frozenset({
    "gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "proton.me",
    "protonmail.com", "inbox.lt", "one.lt", "takas.lt", "zebra.lt", "delfi.lt", "mail.com", "gmx.com",
})  # fmt: skip
"""Mail providers open to anybody: the same provider says nothing about two people."""

Hit = dict[str, Any]


def submitted_answers(project: Project) -> list[dict[str, Any]]:
    """The answers of the last submitted version: {"key", "value"} each; empty where nothing was submitted."""
    version = latest_version(project.application) if hasattr(project, "application") else None
    return list(version.snapshot["content"]["answers"]) if version is not None else []


def partners_of(project: Project) -> list[str]:
    """The names of the partners in the submitted application, and nothing else of it."""
    return _partners_in(submitted_answers(project))


def _partners_in(answers: list[dict[str, Any]]) -> list[str]:
    table = next((answer["value"] for answer in answers if answer["key"] == "partners"), None)
    names = [str(row.get("name") or "").strip() for row in table or [] if isinstance(row, dict)]
    return [name for name in names if name]


def computed_hits(user: Any, project: Project) -> list[Hit]:
    """What speaks for a conflict of this person with this project: {"rule", "hard", "name"}; `in_words` words it.

    `name` is what was compared: an organisation, a mail domain, or nothing. No sentence is stored: each reader gets
    it in their own language.

    Hard, never waived: the person acts for the applicant or for a partner, or is named in the application by e-mail.
    Soft, for a coordinator to weigh: acted for the applicant before, shares its mail domain, acts for a competitor.
    """
    memberships = list(Membership.objects.filter(user=user).select_related("organisation"))
    answers = submitted_answers(project)
    found = [
        _member_hit(memberships, project), _partner_hit(memberships, answers), _named_hit(user, answers),
        _domain_hit(user, project), _competitor_hit(memberships, project),
    ]  # fmt: skip
    return [hit for hit in found if hit is not None]


def _member_hit(memberships: list[Membership], project: Project) -> Hit | None:
    own = [one for one in memberships if one.organisation_id == project.organisation_id]
    if not own:
        return None
    current = any(one.left_at is None for one in own)
    return {"rule": "member" if current else "former", "hard": current, "name": project.organisation.name}


def _partner_hit(memberships: list[Membership], answers: list[dict[str, Any]]) -> Hit | None:
    partners = {fold(name) for name in _partners_in(answers)}
    name = next((one.organisation.name for one in memberships
                 if one.left_at is None and fold(one.organisation.name) in partners), None)  # fmt: skip
    if name is None:
        return None
    return {"rule": "partner", "hard": True, "name": name}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def _named_hit(user: Any, answers: list[dict[str, Any]]) -> Hit | None:
    address = user.email.lower()
    if not any(text.strip().lower() == address for answer in answers for text in _texts(answer["value"])):
        return None
    return {"rule": "named", "hard": True, "name": ""}


def _domain_hit(user: Any, project: Project) -> Hit | None:
    domain = user.email.rpartition("@")[2].lower()
    if domain != project.organisation.domain.lower() or not domain or domain in PUBLIC_MAIL:
        return None
    return {"rule": "domain", "hard": False, "name": domain}


def _competitor_hit(memberships: list[Membership], project: Project) -> Hit | None:
    mine = {one.organisation_id for one in memberships if one.left_at is None} - {project.organisation_id}
    others = Project.objects.filter(call_id=project.call_id, organisation_id__in=mine)
    other = others.exclude(state__in=NOT_SUBMITTED).select_related("organisation").first()
    if other is None:
        return None
    return {"rule": "competitor", "hard": False, "name": other.organisation.name}
