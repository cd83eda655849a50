"""Every part of the pages, seen by a program: by axe-core, at every width, by keyboard, on paper, without motion."""

import pytest

from tests.journeys import looks

pytestmark = pytest.mark.journey


@pytest.fixture(params=["lt", "en"])
def parts(request, settings, live_url, browser_page):
    """The page of all parts, in each language."""
    settings.DEMO = True
    language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": request.param, "url": live_url}
    browser_page.context.add_cookies([language])
    answer = browser_page.goto("/design/")
    assert answer.status == 200
    assert browser_page.locator("html").get_attribute("lang") == request.param
    return browser_page


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_part(parts, light):
    looks.show_in(parts, light)
    assert looks.findings_of_axe(parts) == []


def test_no_part_is_cut_or_overlaps_at_any_width(parts):
    assert looks.faults_at_every_width(parts) == []


def test_the_place_of_the_keyboard_is_always_seen(parts):
    assert looks.focus_that_cannot_be_seen(parts, presses=120) == []


def test_nothing_moves_where_less_motion_was_asked_for(parts):
    assert looks.what_moves(parts) == []


def test_paper_shows_words_and_no_controls(parts):
    assert looks.shown_on_paper(parts, ".site__nav, .site__tools, .btn, .tabs, .filters, .crumbs, .skip") == 0
    assert looks.shown_on_paper(parts, "h1, .facts, table, .timeline") > 5


BROKEN = """<!doctype html><html lang="en"><title>x</title><style>
body { margin: 0 } .cut { width: 60px; overflow: hidden; white-space: nowrap }
.on { position: absolute; top: 200px; left: 8px }
.out { width: 40px; border: 1px solid; white-space: nowrap } .tiny { font-size: 9px }
</style><main><h1>Title</h1><p class="cut">These words are cut off</p>
<p class="on">These words</p><p class="on">lie on these</p>
<p class="out">These words stand out</p><p class="tiny">small</p><div style="width: 3000px">wide</div>
<p class="on"><button>One</button></p><p class="on"><button>Two</button></p>
<p><a href="#a">a</a><a href="#b">b</a></p></main>"""


def test_these_eyes_see_each_fault(browser_page):
    browser_page.set_content(BROKEN)
    said = "\n".join(looks.faults(browser_page))
    for fault in (
        "the page is 3000 px wide in a window of 1280",
        'words are cut: p.cut "These words are cut off"',
        'words lie on words: p.on "These words" and p.on "lie on these"',
        'words stand out of their box: p.out "These words stand out"',
        'letters of 9 px: p.tiny "small"',
        'a control lies on a control: button "One" and button "Two"',
        'too small and too near to press: a "a"',
    ):
        assert fault in said


def test_these_eyes_see_a_focus_without_a_ring(browser_page):
    browser_page.set_content('<!doctype html><style>a:focus { outline: none }</style><a href="#x">Here</a>')
    assert looks.focus_that_cannot_be_seen(browser_page, presses=1) == ['a "Here": no ring']
