"""The people of a story: the funder's, the evaluators, the libraries' teams."""

from typing import Any

from grants.accounts.models import User
from grants.accounts.services import grant_role, open_account
from grants.accounts.states import Role
from grants.organisations.models import Municipality, Organisation
from grants.organisations.services.members import add_member
from grants.organisations.states import MemberRole
from workflows.actors import SYSTEM

STAFF = {
    "coordinator": ("Rasa Rasaitė", Role.COORDINATOR),
    "head": ("Vytė Vadovaitė", Role.HEAD),
    "finance": ("Finas Finaitis", Role.FINANCE),
    "auditor": ("Auda Audaitė", Role.AUDITOR),
    "admin": ("Adas Adaitis", Role.ADMINISTRATOR),
}
"""Invented people: name and role of each."""


class People:
    """Makes people once and finds them again by a short name."""

    def __init__(
        self, domain: str = "pazanga.test", *, password: str | None = None, is_demo: bool = False,
        who_signs_in: frozenset[str] | None = None,
    ) -> None:  # fmt: skip
        """who_signs_in: only these have the password; the others are there, but nobody enters as them."""
        self.domain, self.password, self.is_demo, self.who_signs_in = domain, password, is_demo, who_signs_in
        self.known: dict[str, User] = {}

    def person(self, key: str, name: str = "", language: str = "lt") -> User:
        """The person of this key; made when first asked for."""
        if key not in self.known:
            enters = self.who_signs_in is None or key in self.who_signs_in
            self.known[key] = open_account(
                email=f"{key}@{self.domain}", full_name=name or key.title(), by=SYSTEM, language=language,
                password=self.password if enters else None, is_demo=self.is_demo,
            )  # fmt: skip
        return self.known[key]

    def staff(self, key: str) -> User:
        """The coordinator, head, finance, auditor or admin."""
        name, role = STAFF[key]
        known = key in self.known
        person = self.person(key, name)
        if not known:
            grant_role(person=person, role=role, by=SYSTEM)
        return person

    def library(
        self, code: str = "PVZ-01", name: str = "Ąžuolupio viešoji biblioteka", municipality: str = "LT-01",
        legal_code: str = "190123456",
    ) -> Organisation:  # fmt: skip
        """An invented library in a real municipality."""
        found, _new = Organisation.objects.get_or_create(
            code=code,
            defaults={
                "kind": "municipal", "name": name, "legal_code": legal_code, "invented": True,
                "municipality": Municipality.objects.get(code=municipality),
            },
        )  # fmt: skip
        return found

    def member(self, library: Organisation, key: str, name: str, role: str = MemberRole.ADMIN, **kwargs: Any) -> User:
        """Somebody who acts for a library."""
        person = self.person(key, name, **kwargs)
        add_member(organisation=library, user=person, role=role, by=SYSTEM)
        return person
