"""The eyes that read HTML see each kind of fault, and nothing wrong with a good page."""

import pytest

from tests.journeys.markup import faults_of

HEAD = '<!doctype html><html lang="en"><head><title>Page</title></head>'
GOOD = HEAD + "<body><main><h1>Title</h1>{}</main></body></html>"


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<p>Words<ul><li>one</li></ul></p>", "<ul> stands among the words of <p>"),
        ("<div><p>Words</div>", "<p> of line 1 is not closed before </div>"),
        ("<p>Words</p></div>", "</div> closes nothing"),
        ("<p id='a'>one</p><p id='a'>two</p>", "the id 'a' stands 2 times"),
        ("<label for='b'>Name</label>", "for leads to 'b', which is not on the page"),
        ("<p><a href='#c'>there</a></p>", "href leads to 'c', which is not on the page"),
        ("<p><a href='/'>one <button>two</button></a></p>", "<button> stands in <a>"),
        ("<form><form></form></form>", "<form> stands in <form>"),
        ("<ul><p>one</p></ul>", "<p> stands directly in <ul>"),
        ("<ul>one</ul>", "words stand directly in <ul>: 'one'"),
        ("<dl></dl>", "<dl> is empty"),
        ("<li>one</li>", "<li> stands in <main>"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr><tr><td>4</td><td>5</td></tr></table>",
         "a table of 2 columns has a row of 1 in line 1"),
        ("<p class='a' class='b'>one</p>", "<p> has two attributes class"),
        ("<h3>one</h3>", "h3 follows h1"),
        ("<h1>two</h1>", "<h1> stands 2 times"),
        ("<img src='/a.png'>", "<img> has no alt"),
        ("<p style='color: red'>one</p>", "<p> has the attribute style"),
        ("<p><a href=''>one</a></p>", "<a> has an empty href"),
        ("<span/>", "<span/> does not close itself"),
    ],
)  # fmt: skip
def test_each_fault_is_seen(part, fault):
    assert fault in "\n".join(faults_of(GOOD.format(part)))


def test_a_page_without_its_frame_says_so():
    said = faults_of("<p>one</p>")
    assert said == [
        "<!doctype html> stands 0 times", "<html> stands 0 times", "<head> stands 0 times", "<body> stands 0 times",
        "<main> stands 0 times", "<h1> stands 0 times", "the page has no title",
    ]  # fmt: skip


def test_nothing_is_wrong_with_a_good_page():
    part = """<form><label for="a">Name</label><input id="a" aria-describedby="h"><p id="h">Hint</p></form>
    <dl><div><dt>Name</dt><dd><ul><li>one</li></ul></dd></div></dl>
    <details><summary>More</summary><p>one<br>two</p></details>
    <table><caption>Sums</caption>
    <thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td colspan="2">c</td></tr></tbody></table>
    <svg viewBox="0 0 1 1" width="2"><title>Sign</title><path d="M0 0"/></svg>"""
    assert faults_of(GOOD.format(part)) == []
