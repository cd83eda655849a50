"""The second example call, a contest without money, goes its shorter way; here without any script, by keyboard."""

import pytest

from grants.projects.models import Project
from grants.projects.states import ProjectState as S
from tests.journeys.desk import Desk
from tests.scenarios import content
from workflows.services.verify import replay_log, verify_log

pytestmark = pytest.mark.journey


@pytest.fixture
def plain_desk(desk, browser, live_url):
    """The same desk with scripts switched off."""
    context = browser.new_context(
        base_url=live_url, locale="lt-LT", timezone_id="Europe/Vilnius", java_script_enabled=False
    )
    context.set_default_timeout(30_000)
    yield Desk(context.new_page(), desk.story)
    context.close()


def enter_in_browser(desk, call, director):
    """The director nominates a work, fills in every section and submits; the receipt appears."""
    desk.sign_in(director)
    desk.open(f"/applications/start/{call.pk}/")
    desk.fill(nomination=str(call.nominations.get(key="innovation").pk))
    desk.press("main form button.btn")
    base = desk.page.url.rstrip("/")
    sections = content.contest_application(nomination="library/innovation", director=director.full_name)
    for section, answers in sections.items():
        desk.open(f"{base}/sections/{section}/")
        desk.answer(answers)
        desk.button("save")
    desk.open(f"{base}/submit/")
    for name in content.CONTEST_DECLARATIONS:
        desk.put(name, True)
    desk.press("main form button.btn")
    assert "SHA-256" in desk.text()


def test_a_library_enters_a_contest_without_any_script(plain_desk):
    desk, story = plain_desk, plain_desk.story
    library = story.people.library()
    director = story.people.member(library, "direktore", "Vardenė Pavardenė")
    call = story.call("nom-2027")
    enter_in_browser(desk, call, director)
    project = Project.objects.get()
    assert project.state == S.APPLICATION

    story.closed(call)
    desk.sign_in(story.people.staff("coordinator"))
    desk.open(f"/applications/{project.pk}/eligibility/")
    for radio in desk.page.locator("main input[type=radio][value=yes]").all():
        radio.check()
    desk.button("accept")
    jury = [story.evaluator(call, f"juror{n}", f"Jurorė {n}") for n in range(1, 6)]
    story.reviewed(project, jury, share="0.9")
    desk.open(f"/calls/{call.pk}/decisions/")
    desk.button("propose")
    desk.sign_in(story.people.staff("head"))
    desk.open(f"/calls/{call.pk}/decisions/")
    desk.press("main form[action*=confirm] button.btn")
    desk.sign_in(story.people.staff("coordinator"))
    desk.open(f"/calls/{call.pk}/decisions/announce/")
    desk.fill(expected="1")
    desk.press("main form button.btn")
    project.refresh_from_db()
    assert (project.state, project.decision.outcome) == (S.EVALUATION, "recognise")
    assert (verify_log(), replay_log()) == ([], [])
