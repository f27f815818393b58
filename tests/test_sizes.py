"""Small rooms: no file is longer than 300 lines, no function longer than 50."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
OURS = (".py", ".html", ".css", ".js", ".mjs", ".toml", ".txt")
NOT_WRITTEN = ("requirements.lock", "package-lock.json", "LICENSE.txt")


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip  # read in rows, as it is laid out
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.suffix in OURS and path.name not in NOT_WRITTEN and path.is_file()]


def _too_long(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    if (lines := len(text.splitlines())) > LONGEST_FILE:
        yield f"{name}: {lines} lines"
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_migration(path):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    yield f"{name}:{node.lineno}: {node.name} has {length} lines"


def _is_migration(path: Path) -> bool:
    """A migration lists every column of its tables; cutting that list up would not make it easier to read."""
    return path.parent.parent.name == "migrations"


def test_no_file_and_no_function_is_too_long() -> None:
    files = _files()
    assert len(files) > 50
    assert [problem for path in files for problem in _too_long(path)] == []


@pytest.mark.parametrize("lines", [LONGEST_FUNCTION, LONGEST_FUNCTION + 1])
def test_a_long_function_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "long.py").write_text("def f():\n" + "    pass\n" * (lines - 1))
    assert len(list(_too_long(tmp_path / "long.py"))) == (lines > LONGEST_FUNCTION)
