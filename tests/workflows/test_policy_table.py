"""The reviewed file: its form, its words, its gaps."""

import pytest

from workflows import policy_table
from workflows.policy import Verb

HEAD = "verb,object,role,situation,may,note"
READ = Verb("leave.read", "read a request", "testapp.Leave", can=lambda user, leave: True)


@pytest.fixture(autouse=True)
def words(monkeypatch):
    monkeypatch.setattr(policy_table, "_roles", {"boss": "boss", "guest": "guest"})
    monkeypatch.setattr(policy_table, "_situations", {"leave": {"draft": "draft", "asked": "asked"}})


def test_the_first_row_that_names_a_cell_decides_it():
    rows, wrong = policy_table.parse(
        [HEAD, "leave.read,leave,boss,draft,no,not yet", "leave.read,leave,boss,*,yes,", "leave.read,leave,*,*,no,"]
    )
    cells = {(cell.role, cell.situation): cell.may for cell in policy_table.cells_of(READ, rows)}
    assert (wrong, policy_table.problems(rows, [READ])) == ([], [])
    assert cells == {
        ("boss", "draft"): False, ("guest", "draft"): False, ("boss", "asked"): True, ("guest", "asked"): False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["verb,role,may"], "line 1: the columns must be verb, object, role, situation, may, note"),
        ([HEAD, "leave.read,leave,boss"], "line 2: a row has 6 cells"),
        ([HEAD, "leave.read,leave,boss,*,perhaps,"], "line 2: “may” is yes or no, not “perhaps”"),
        ([HEAD, "leave.read,leave,boss,*,yes,,more"], "line 2: a row has 6 cells"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_line(lines, sentence):
    assert policy_table.parse(lines)[1] == [sentence]


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (["leave.eat,leave,*,*,no,"], ["line 2: no room registers the verb “leave.eat”"]),
        (["leave.read,salary,*,*,no,"], ["line 2: “leave.read” is about leave, not “salary”"]),
        (["leave.read,leave,king,*,no,"], ["line 2: unknown role “king”"]),
        (["leave.read,leave,*,lost,no,"], ["line 2: unknown situation “lost” of leave"]),
        (["leave.read,leave,,*,no,"], ["line 2: names no role or no situation"]),
        (["leave.read,leave,boss,*,yes,"], ["leave.read: 2 of 4 cells have no answer"]),
        (
            ["leave.read,leave,*,*,no,", "leave.read,leave,boss,*,yes,too late"],
            ["line 3: decides nothing"],
        ),
        ([], ["leave.read: 4 of 4 cells have no answer"]),
    ],
)
def test_what_the_table_leaves_open_or_does_not_know_is_said(rows, sentences):
    parsed, wrong = policy_table.parse([HEAD, *rows])
    assert wrong == []
    assert policy_table.problems(parsed, [READ]) == sentences


def test_a_broken_table_stops_the_start(settings, tmp_path):
    settings.POLICY_TABLE = tmp_path / "policy.csv"
    assert [error.id for error in policy_table.check_policy_table(None)] == ["workflows.E020"]
    settings.POLICY_TABLE.write_text(f"{HEAD}\nleave.eat,leave,*,*,no,\n", encoding="utf-8")
    errors = policy_table.check_policy_table(None)
    assert [(error.id, error.msg) for error in errors] == [
        ("workflows.E021", "policy.csv: line 2: no room registers the verb “leave.eat”.")
    ]
