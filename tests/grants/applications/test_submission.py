import pytest

from grants.applications.models import SubmitAttempt

pytestmark = pytest.mark.django_db


def test_submission_keeps_one_version_with_a_receipt(ready, director, submit):
    version = submit(ready, director)
    assert ready.project.state == "application"
    assert version.receipt_number == "BP-2027-1-0001-P1-32"
    assert SubmitAttempt.objects.count() == 1
