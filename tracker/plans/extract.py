"""Finds the catalogue's texts for translators: an extraction method for Babel, named in its mapping file.

[extractors]
catalogue = tracker.plans.extract:extract

[catalogue: **/catalogue/*.toml]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

# The keys whose values people read. A default `place` is one too: it is what the set-up offers.
TEXT_KEYS = frozenset({"name", "description", "text", "sign", "help", "label", "button_text", "place"})

Message = tuple[int, None, str, list[str]]


def extract(
    fileobj: BinaryIO, keywords: Iterable[str], comment_tags: Iterable[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Babel's calling convention: yields (line, function, text, comments). `button` and `kind` are no texts."""
    source = fileobj.read().decode("utf-8")
    lines = source.splitlines()
    for text in dict.fromkeys(texts(tomllib.loads(source))):
        yield _line_of(text, lines), None, text, []


def texts(value: object) -> Iterator[str]:
    """Every text for people in a template's TOML, in its order."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in TEXT_KEYS and isinstance(inner, str):
                if inner:
                    yield inner
            else:
                yield from texts(inner)


def _line_of(text: str, lines: list[str]) -> int:
    start = text.splitlines()[0]
    return next((n for n, line in enumerate(lines, 1) if start in line), 1)
