"""The files of the project, for the tests that read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("config", "workflows", "grants", "reporting")
NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis"}
TEXTS = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".in", ".yaml", ".yml", ".json", ".csv", ".svg", ""}


@cache
def all_files() -> tuple[Path, ...]:
    """Every file of the project itself."""
    return tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.is_symlink():
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*rooms: str) -> list[Path]:
    """Python files of these rooms (all of the project's when none is named), migrations left out."""
    return [
        path
        for path in all_files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (not rooms or name_of(path).split("/")[0] in rooms)
    ]


def templates() -> list[Path]:
    return [path for path in all_files() if name_of(path).startswith("templates/") and path.suffix == ".html"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(node: ast.expr) -> str:
    """`a.b.c` for such a chain of names, else what can be said of its end."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "…"
