"""Everything that every role can reach, read for words that are not for it."""

import pytest

from tests.grants.confidences import met_in
from tests.grants.test_leaks import ROLES, planted, sightings  # noqa: F401
from tests.grants.walking import text_of
from tests.scenarios.secrets import SECRETS

WHOLE = 6000


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_nobody_meets_what_is_not_for_them_anywhere(role, planted, record_figure):  # noqa: F811
    found, answers = sightings(planted, role, WHOLE)
    met = set().union(*(met_in(text) for text in answers.values()))
    record_figure(f"answers read as {role}; secrets of its own met", f"{len(answers)}; {len(met)}", "no other secret")
    assert found == []


@pytest.mark.proof
def test_the_public_pdf_of_a_report_tells_no_secret(world, client, record_figure):
    report = world.story.impact_report("project", world.projects["implementation"], published=True)
    told = [text_of(client.get(f"{report.get_absolute_url()}{language}.pdf")) for language in ("lt", "en")]
    assert all("Projektas implementation" in text for text in told)
    assert [met_in(text) for text in told] == [set(), set()]
    record_figure("words of secrets in the public PDFs of a report", f"0 of {len(SECRETS)}", "0")
