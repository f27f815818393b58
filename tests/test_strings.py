"""Every string that people read goes through gettext: no template writes a word of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent
PRINTED = sorted((ROOT / "templates").rglob("*.typ"))  # another language: see the last test
TEMPLATES = sorted(set((ROOT / "templates").rglob("*.*")) - set(PRINTED))
NAMES = {"Meanwhile"}  # the product's own name stays as it is in every language
ATTRIBUTE = re.compile(r"""[\w-]+="[^"]*\"""")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:aria-label|alt|title|placeholder)="([^"]*)\"""")
CLASSES = re.compile(r"{%-? block \w*_class %}.*?{% endblock %}", re.DOTALL)  # class names, not words
LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_writes_no_word_of_its_own(path: Path) -> None:
    words = [word for text in _texts(path.read_text()) for word in LETTERS.findall(text) if word not in NAMES]
    assert not words, f"not through _(): {words[:5]}"


def test_the_search_finds_words() -> None:
    assert _texts('<p class="x">Hello {{ name }}</p><a title="There"><b>{{ _("fine") }}</b>') == ["Hello", "There"]


def _texts(source: str) -> list[str]:
    """What stands in a template beside its tags and expressions, and what its attributes say."""
    tokens = Environment(autoescape=True).lex(CLASSES.sub("", source))
    plain = "".join(
        value if kind == "data" else " " for _line, kind, value in tokens if kind in ("data", "variable_begin")
    )
    spoken = SPOKEN.findall(plain)
    plain = ATTRIBUTE.sub("", plain)
    plain = re.sub(r"<(script|style)\b.*?</\1>", " ", plain, flags=re.DOTALL)
    return [text for text in [" ".join(TAG.sub(" ", plain).split()), *spoken] if LETTERS.search(text)]


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_printed_document_writes_no_word_of_its_own(path: Path) -> None:
    """Its words come with its data: strings in it are names of fonts, states and the like, and brackets hold values."""
    source = re.sub(r"//.*", "", path.read_text())
    strings = [
        text
        for text in re.findall(r'"([^"\n]*)"', source)
        if " " in text and LETTERS.search(text) and not text.startswith("Noto ")
    ]
    plain = re.sub(r'"[^"\n]*"', '""', source)
    marked_up = [text for text in re.findall(r"\[([^\[\]#=]*)\]", plain) if LETTERS.search(text)]
    assert not strings, f"words in a string: {strings}"
    assert not marked_up, f"words in the text: {marked_up}"
