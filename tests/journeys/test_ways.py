"""Three people get their work done from the sign-in page on: by keyboard, without any script, and counted with a mouse.

Each way is written once and gone by both kinds of hands. What they press is found on the pages, never typed as an
address.
"""

import pytest

from grants.projects.models import Project
from tests.journeys.hands import Keyboard, Mouse
from tests.scenarios import content
from workflows.services.verify import replay_log, verify_log

pytestmark = pytest.mark.journey

LIMITS = {"applicant": (10, 12), "evaluator": (6, 9), "coordinator": (5, 4)}
"""At most so many pages opened, and so many clicks and choices; the sign-in page and its button count."""


@pytest.fixture(params=["with scripts", "without scripts"])
def keyboard(request, desk, browser, live_url):
    """Somebody without a mouse, with and without scripts."""
    context = browser.new_context(
        base_url=live_url, locale="lt-LT", timezone_id="Europe/Vilnius",
        java_script_enabled=request.param == "with scripts",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    yield Keyboard(context.new_page())
    context.close()


@pytest.fixture
def mouse(desk):
    """Somebody with a mouse, whose clicks are counted."""
    desk.page.set_default_timeout(20_000)
    return Mouse(desk.page)


@pytest.fixture
def count(record_figure):
    """Hold the pages and clicks of a way against its limits, and keep them with the results."""

    def hold(role, hands):
        pages, clicks = LIMITS[role]
        record_figure(f"{role}: pages opened", hands.pages, f"at most {pages}")
        record_figure(f"{role}: clicks and choices", hands.clicks, f"at most {clicks}")
        assert (hands.pages <= pages, hands.clicks <= clicks) == (True, True)

    return hold


def enter_the_contest(hands, call, director):
    """From the open call on the home page to the receipt, every section on the way."""
    hands.sign_in(director)
    hands.press("main a[href^='/calls/']")
    hands.press("main a[href*='/applications/start/']")
    hands.choose("nomination", str(call.nominations.get(key="innovation").pk))
    hands.press("main form button.btn")
    hands.press("main a[href$='/sections/entry/']")
    entry, work = content.contest_application(nomination="", director=director.full_name).values()
    for part in ("name", "email", "phone"):
        hands.write(f"q-contact-{part}", entry[f"q-contact-{part}"])
    hands.press("main button[name=next]")
    for name, text in work.items():
        hands.write(name, text)
    hands.press("main button.btn[name=save]")
    hands.press("main a[href$='/submit/']")
    for name in content.CONTEST_DECLARATIONS:
        hands.choose(name)
    hands.press("main form button.btn")
    assert "SHA-256" in hands.text()


def review_an_application(hands, call, person):
    """From what waits on the home page through the question of conflict to a submitted review."""
    hands.sign_in(person)
    hands.press("main a.btn[href^='/conflicts/']")
    hands.choose("answer", "none")
    hands.press("main form button.btn")
    hands.press("main a[href^='/reviews/']:not([href='/reviews/'])")
    for criterion in call.criteria.all():
        values = [str(point["value"]) for point in criterion.scale]
        hands.choose(f"q-score-{criterion.key}", values[4])
        hands.write(f"q-comment-{criterion.key}", "Darbas aprašytas aiškiai ir naudingas miesteliui.")
    hands.press("main button[name=submit]")


def accept_a_report(hands, coordinator):
    """From what waits on the home page to an accepted report."""
    hands.sign_in(coordinator)
    hands.press("main a.btn[href^='/reports/']")
    assert content.REPORT_DONE in hands.text()
    hands.press("main a[href$='/accept/']")
    hands.press("main form button.btn")


@pytest.fixture
def open_contest(desk):
    """A contest that takes entries, and a director who may enter it."""
    story = desk.story
    director = story.people.member(story.people.library(), "direktore", "Vardenė Pavardenė")
    return story.call("nom-2027"), director


@pytest.fixture
def asked_juror(desk, open_contest):
    """The same contest, closed, with a juror who was given the only entry and has not yet answered about a conflict."""
    story, (call, director) = desk.story, open_contest
    project = story.applied(call, story.people.library(), director)
    story.accepted(story.closed(call) and project)
    juror = story.evaluator(call, "juror", "Jurorė Jurorienė")
    return call, story.assigned(project, juror, answer=None)


@pytest.fixture
def waiting_report(desk, signed):
    """A project's first report that was submitted and waits for a coordinator."""
    project, director = signed
    report = project.reports.order_by("due_on").first()
    desk.story.at("2027-12-05 10:00").reported(report, director)
    return report


def test_an_applicant_enters_by_keyboard(keyboard, open_contest):
    call, director = open_contest
    enter_the_contest(keyboard, call, director)
    assert Project.objects.get(call=call).state == "application"
    assert (verify_log(), replay_log()) == ([], [])


def test_an_evaluator_reviews_by_keyboard(keyboard, asked_juror):
    call, review = asked_juror
    review_an_application(keyboard, call, review.user)
    review.refresh_from_db()
    assert (review.state, review.scores.count()) == ("submitted", call.criteria.count())


def test_a_coordinator_accepts_a_report_by_keyboard(keyboard, desk, waiting_report):
    accept_a_report(keyboard, desk.story.people.staff("coordinator"))
    waiting_report.refresh_from_db()
    assert waiting_report.state == "accepted"


def test_an_applicant_needs_few_clicks(mouse, open_contest, count):
    enter_the_contest(mouse, *open_contest)
    count("applicant", mouse)


def test_an_evaluator_needs_few_clicks(mouse, asked_juror, count):
    call, review = asked_juror
    review_an_application(mouse, call, review.user)
    count("evaluator", mouse)


def test_a_coordinator_needs_few_clicks(mouse, desk, waiting_report, count):
    accept_a_report(mouse, desk.story.people.staff("coordinator"))
    count("coordinator", mouse)


def test_these_hands_do_not_reach_what_only_a_mouse_can_press(unserved_page):
    unserved_page.set_content('<main><a href="#a">First</a><span onclick="">Second</span><button>Third</button></main>')
    hands = Keyboard(unserved_page)
    hands.reach("main button")
    with pytest.raises(AssertionError, match="Not reached by keyboard: main span"):
        hands.reach("main span")
