"""A small questionnaire with every kind of field, and the two example calls."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict

from grants.accounts.models import User
from grants.questionnaires.from_call import definition_from_call
from grants.questionnaires.services import open_sheet, publish_questionnaire
from workflows.models import Case

DATA = Path(settings.BASE_DIR) / "grants" / "calls" / "data"


def document(name):
    return json.loads((DATA / f"{name}.json").read_text())


def typed(**answers):
    """Submitted data: `title="A"` becomes `q-title`, `period__from=…` becomes `q-period-from`, lists are repeated."""
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        key = f"q-{name.replace('__', '-')}"
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def rows(key, *given):
    """Rows of a table as a browser sends them."""
    return {f"{key}__{at}__{column}": text for at, row in enumerate(given) for column, text in row.items()}


@pytest.fixture
def call_one():
    return document("bp-2027-1")


@pytest.fixture
def call_two():
    return document("nom-2027")


@pytest.fixture
def applicant(db):
    return User.objects.create_user("vardene@biblioteka.test", full_name="Vardenė Pavardenė")


@pytest.fixture
def colleague(db):
    return User.objects.create_user("jonas@biblioteka.test", full_name="Jonas Jonaitis")


@pytest.fixture
def case(db):
    return Case.objects.create(kind="project", number="BP-2027-1-001", title="Dirbtuvės")


@pytest.fixture
def sheet(call_one, case, applicant):
    questionnaire = publish_questionnaire(code="BP-2027-1", definition=definition_from_call(call_one), by=applicant)
    return open_sheet(questionnaire=questionnaire, case=case, by=applicant)


@pytest.fixture
def contest(call_two, case, applicant):
    questionnaire = publish_questionnaire(code="NOM-2027", definition=definition_from_call(call_two), by=applicant)
    return open_sheet(questionnaire=questionnaire, case=case, by=applicant)
