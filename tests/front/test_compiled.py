"""Compiled templates are kept for the next start; what cannot be kept costs nobody their page."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from jinja2 import DictLoader, Environment

from tracker.pages.compiled import Beside


def test_they_are_kept_and_a_changed_one_is_compiled_anew(tmp_path: Path) -> None:
    for words in ("first", "second"):
        for _start in range(2):
            pages = Environment(
                loader=DictLoader({"page": words}), bytecode_cache=Beside(str(tmp_path)), autoescape=True
            )
            assert pages.get_template("page").render() == words
    assert len(list(tmp_path.iterdir())) == 1


def test_where_they_cannot_be_kept_pages_are_shown_all_the_same(tmp_path: Path) -> None:
    nowhere = Beside(str(tmp_path / "gone"))
    pages = Environment(loader=DictLoader({"page": "words"}), bytecode_cache=nowhere, autoescape=True)
    assert pages.get_template("page").render() == "words"


def test_the_program_keeps_its_own(app: Flask) -> None:
    assert isinstance(app.jinja_env.bytecode_cache, Beside)
