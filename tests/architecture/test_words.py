"""Words and calls that may not stand in the project, each with the reason."""

import ast
import re

import pytest

from tests.architecture.sources import PRODUCT, TEXTS, all_files, dotted, name_of, python_files, templates, tree

OWN_CLOCK = {"workflows/clock.py"}
DEFAULT_OF_ACCOUNTS = {"grants/accounts/models.py"}
CLOCKS = re.compile(r"(^|\.)(timezone|datetime|date)\.(now|utcnow|today|localdate|localtime)$")


def places(pattern: str, files) -> list[str]:
    """`file:line` of every match."""
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name_of(path)}:{text.count(chr(10), 0, m.start()) + 1}" for m in re.finditer(pattern, text)]
    return found


def test_decisions_read_the_databases_clock():
    found = [
        f"{name_of(path)}:{node.lineno} {dotted(node)}"
        for path in python_files("workflows", "grants", "reporting")
        if name_of(path) not in OWN_CLOCK | DEFAULT_OF_ACCOUNTS
        for node in ast.walk(tree(path))
        # with a moment given, localtime and localdate only convert it
        if isinstance(node, ast.Attribute) and CLOCKS.search(dotted(node)) and not _converts(path, node)
    ]
    assert found == []


def _converts(path, attribute: ast.Attribute) -> bool:
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and node.func is attribute)
    return attribute.attr in ("localtime", "localdate") and any(call.args for call in calls)


def test_states_move_only_through_the_engine():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "bulk_update")
        and "state" in {keyword.arg for keyword in node.keywords}
        and not name_of(path).startswith("workflows/")
    ]
    assert found == []


def test_django_fsm_is_used_by_the_engine_only():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*PRODUCT)
        if name_of(path) != "workflows/transitions.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "django_fsm"
        and "transition" in {a.name for a in node.names}
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"\b(TODO|FIXME|XX" + r"X|HACK)\b", "a promise is kept or not written"),
        (r"raise Not" + r"ImplementedError", "nothing is declared that does nothing"),
        (r"pragma: no " + r"cover\s*\n", "what no test reaches says why"),
        (r"task_always_" + r"eager", "tasks in tests are real or called by name"),
    ],
)
def test_nothing_is_promised_or_bypassed(pattern, reason):
    files = [path for path in python_files() if name_of(path) != "tests/architecture/test_words.py"]
    assert places(pattern, files) == [], reason


def test_no_test_is_skipped_without_a_reason():
    marks = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)$")
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and marks.search(dotted(node))
    ]
    assert found == [], "A test runs, or it is deselected by its marker."


def test_nothing_of_one_machine_stands_in_the_project():
    folders = "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]", "Us" + "ers"))
    hosts = "|".join(("files\\.python" + "hosted", "registry\\.np" + "mjs", "py" + "pi\\.org"))
    files = [path for path in all_files() if path.suffix in TEXTS and path.name != "test_words.py"]
    assert places(rf"(?<![\w./])/({folders})/|{hosts}", files) == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"\sstyle\s*=", "the content security policy refuses inline styles"),
        (r"<style\b", "the content security policy refuses inline styles"),
        (r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", "the content security policy refuses inline scripts"),
        (r"\son[a-z]+\s*=\s*[\"']", "the content security policy refuses inline handlers"),
        (r"(src|action)\s*=\s*[\"']?(https?:)?//", "nothing is loaded from or sent to a third host"),
        (r"<link[^>]+href\s*=\s*[\"']?(https?:)?//", "nothing is loaded from a third host"),
        (r"\|\s*safe\b", "what is safe is made so where it is written, not where it is shown"),
    ],
)
def test_templates_hold_nothing_that_browsers_must_refuse(pattern, reason):
    assert places(pattern, templates()) == [], reason
