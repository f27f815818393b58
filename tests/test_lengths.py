"""How much a field takes stands in one place: a template names it, and what it names is what the rule says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from tracker import lengths
from tracker.config import ROOT
from tracker.pages.longest import LONGEST

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LIMIT = re.compile(r"\b(?:maxlength|limit)=\"?([\w.]+)")


def limits(template: Path) -> set[str]:
    return set(LIMIT.findall(template.read_text(encoding="utf-8")))


def test_no_template_has_a_number_of_its_own() -> None:
    own = {path.name: numbers for path in TEMPLATES if (numbers := {one for one in limits(path) if one.isdigit()})}
    assert own == {}


def test_what_a_template_names_is_there_and_nothing_more_is() -> None:
    """An unknown name would be no limit at all, and nobody would be told."""
    named = {name for path in TEMPLATES for name in re.findall(r"\blongest\.(\w+)", path.read_text(encoding="utf-8"))}
    assert named == set(vars(LONGEST))


@pytest.mark.parametrize(
    ("part", "call", "expected"),
    [
        ("field", "'Name', 'name', maxlength=longest.name", lengths.NAME),
        ("note_field", "'note'", lengths.NOTE_TYPED),
        ("note_field", "'text', limit=longest.message", lengths.MESSAGE),
    ],
)
def test_a_field_says_it(app: Flask, part: str, call: str, expected: int) -> None:
    template = app.jinja_env.from_string(
        "{% from '_parts/forms.html' import " + part + " %}{{ " + f"{part}({call})" + " }}"
    )
    with app.test_request_context():
        assert f'maxlength="{expected}"' in template.render()
