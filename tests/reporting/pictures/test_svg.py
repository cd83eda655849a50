"""Marks as elements: classes on a page, plain colours on paper, everything escaped, the same every time."""

from reporting.pictures import Key, Picture
from reporting.pictures.marks import Drawing, bar, dot, label, line, plain, track
from reporting.pictures.picture import with_legend
from reporting.pictures.svg import page_svg, paper_svg
from reporting.tables import Table

EVIL = '<script>"&\x00'


def drawing():
    return Drawing(10, 20, [line("g-grid", 0, 1, 2.25, -0.01), bar("q1", 1, 2, 0, 4, said=EVIL, url="/a?b=1&c=2"),
                            dot("g-fill", 1, 2, said="x"), track("g-line", [(0, 1), (2, 3.5)]),
                            label("t-end t-soft", 1, 2, EVIL)])  # fmt: skip


def test_a_page_gets_classes_and_no_styles():
    assert page_svg(drawing(), "n", "Title", "Words", css="chart__any") == (
        '<svg class="chart__any" viewBox="0 0 10 20" role="img" aria-labelledby="n-t n-d"><title id="n-t">Title</title>'
        '<desc id="n-d">Words</desc><line class="g-grid" x1="0" y1="1" x2="2.2" y2="0"/>'
        '<a href="/a?b=1&amp;c=2" aria-label="&lt;script&gt;&quot;&amp;">'
        '<rect class="q1" x="1" y="2" width="1" height="4" rx="2"/></a>'
        '<circle class="g-fill" cx="1" cy="2" r="5"><title>x</title></circle>'
        '<polyline class="g-line" points="0,1 2,3.5"/>'
        '<text class="t-end t-soft" x="1" y="2">&lt;script&gt;&quot;&amp;</text></svg>'
    )


def test_a_drawing_with_links_is_a_group_of_things():
    assert 'role="group"' in page_svg(drawing(), "n", "T", "D", css="c", linked=True)


def test_paper_gets_plain_colours_and_no_links():
    assert paper_svg(drawing()) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" width="10" height="20">'
        '<line stroke="#c9c9c2" stroke-width="1" x1="0" y1="1" x2="2.2" y2="0"/>'
        '<rect fill="#5a5a55" x="1" y="2" width="1" height="4" rx="2"/>'
        '<circle fill="#1b6b4b" cx="1" cy="2" r="5"/>'
        '<polyline fill="none" stroke="#1b6b4b" stroke-width="3" points="0,1 2,3.5"/>'
        '<text fill="#5a5a55" font-family="Inter" font-size="12" text-anchor="end" x="1" y="2">'
        "&lt;script&gt;&quot;&amp;</text></svg>"
    )


def test_the_same_marks_give_the_same_picture():
    assert page_svg(drawing(), "n", "T", "D", css="c") == page_svg(drawing(), "n", "T", "D", css="c")


def test_a_picture_has_two_layouts_with_names_of_their_own():
    table = Table("t", "T", [], [])
    both = Picture("p", "T", "U", "D", table, Drawing(720, 1), Drawing(340, 1)).svg
    assert [both.count(f'id="{name}"') for name in ("p-t", "p-d", "p-n-t", "p-n-d")] == [1, 1, 1, 1]
    assert both.index("chart__wide") < both.index("chart__narrow")
    assert "chart__any" in Picture("p", "T", "U", "D", table, Drawing(92, 92)).svg


def test_paper_has_the_legend_below_the_drawing():
    keys = [Key("dot", "g-fill", "reached"), Key("tick", "g-target", "target"), Key("bar", "g-band", "interval")]
    shown = with_legend(Drawing(175, 100), keys)
    assert (shown.width, shown.height) == (175, 146)
    assert shown.marks == [
        dot("g-fill", 8, 114), label("t-soft", 20, 119, "reached"),
        line("g-target", 100.64, 107, 100.64, 121), label("t-soft", 112.64, 119, "target"),
        bar("g-band", 1, 130, 14, 8), label("t-soft", 20, 139, "interval"),
    ]  # fmt: skip
    assert with_legend(Drawing(160, 100), []) == Drawing(160, 100)


def test_coordinates_have_a_tenth_at_most():
    assert [plain(v) for v in (1, 1.04, 1.06, -0.04, 100.0)] == ["1", "1", "1.1", "0", "100"]
