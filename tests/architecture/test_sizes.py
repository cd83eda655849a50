"""A room that grows beyond these sizes wants a wall."""

import ast

from tests.architecture.sources import name_of, python_files, templates, tree

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 120


def length(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_python_file_is_longer_than_300_lines():
    assert {name_of(p): length(p) for p in python_files() if length(p) > LONGEST_FILE} == {}


def test_no_template_is_longer_than_120_lines():
    assert {name_of(p): length(p) for p in templates() if length(p) > LONGEST_TEMPLATE} == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of the body: neither the list of parameters nor an explanation makes a function longer."""
    told = ast.get_docstring(function, clean=False) is not None
    body = function.body[1:] if told else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


def test_no_function_is_longer_than_40_lines():
    too_long = {
        f"{name_of(path)}:{node.lineno} {node.name}": lines_of(node)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > LONGEST_FUNCTION
    }
    assert too_long == {}
