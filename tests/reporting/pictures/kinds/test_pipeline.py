"""Projects by stage."""

from reporting.pictures.kinds.pipeline import StageCount, Standing, pipeline_picture
from reporting.pictures.marks import bar, label

STAGES = [
    StageCount("Call", (Standing("draft", 2, "/projects/?state=call"), Standing("abandoned", 0))),
    StageCount("Application", (Standing("being checked", 0),)),
    StageCount("Selection", (Standing("being assessed", 4),)),
]


def test_bars_are_as_long_as_their_counts_and_the_states_stand_under_them():
    assert pipeline_picture(STAGES).wide.marks == [
        label("t-b", 0, 15, "1. Call"), label("t-end", 720, 15, "2"), bar("g-track", 264, 0, 434.02, 20),
        bar("f1", 264, 0, 217.01, 20, said="Call: 2"), label("t-soft", 264, 38, "draft 2"),
        label("t-b", 0, 65, "2. Application"), label("t-end", 720, 65, "0"), bar("g-track", 264, 50, 434.02, 20),
        label("t-b", 0, 95, "3. Selection"), label("t-end", 720, 95, "4"), bar("g-track", 264, 80, 434.02, 20),
        bar("f3", 264, 80, 434.02, 20, said="Selection: 4"), label("t-soft", 264, 118, "being assessed 4"),
    ]  # fmt: skip


def test_the_words_and_the_table():
    picture = pipeline_picture(STAGES)
    assert picture.title == "6 projects; most stand here: Selection, 4"
    assert picture.description == "Call: 2; Application: 0; Selection: 4"
    assert [[cell.text for cell in row] for row in picture.table.rows] == [
        ["Call", "draft", "2"], ["Call", "abandoned", "0"], ["Application", "being checked", "0"],
        ["Selection", "being assessed", "4"],
    ]  # fmt: skip
    assert picture.table.rows[0][1].url == "/projects/?state=call"


def test_without_projects_it_says_so():
    picture = pipeline_picture([StageCount("Call", (Standing("draft", 0),))])
    assert picture.title == "No project yet"
    assert [mark.look for mark in picture.wide.marks] == ["t-b", "t-end", "g-track"]
