"""People for the tests of accounts."""

import pytest

from grants.accounts.models import User


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("rasa@example.org", "labai-ilgas-slaptazodis", full_name="Rasa Rasaitė")
