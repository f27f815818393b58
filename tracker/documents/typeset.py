"""Turns a template and its data into a PDF that screen readers can read (PDF/UA-1, ISO 14289-1).

The data goes in as JSON, never as markup: what a person typed can be set, and can do nothing else. What no font can set
is written as its number, `[U+16A0]`, and named at the end of the document: never left out in silence.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import typst

from tracker.config import ROOT
from tracker.documents.fonts import can_be_set, fonts

FOLDER = ROOT / "templates" / "documents"
USUAL = re.compile(r"[\n\x20-\x7e\u00a0-\u017f\u2010-\u201e\u2022\u2026\u25cf\u25cb]*")  # every font set has these
REFUSED = re.compile(r'the text `"(.+)"` could not be displayed')
MOST_REFUSALS = 20  # combinations of characters that each have a drawing, but none together

Made = TypeVar("Made")
Names = dict[str, str]  # what could not be set -> what stands for it


def pdf(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """The document `templates/documents/<template>.typ` with this data (JSON values), as PDF/UA-1.

    `made_at`, aware, is written into its properties. The template finds the data under `sys.inputs.data`, and under its
    key `unset` a list of (what stands there, its name) for what could not be set.
    """

    def make(text: str) -> bytes:
        found = _compiler(template).compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": text}, timestamp=int(made_at.timestamp())
        )
        assert isinstance(found, bytes)
        return found

    return _with_all_set(data, make)


def pictures(template: str, data: Mapping[str, Any], *, dots_an_inch: float = 96) -> list[bytes]:
    """The same pages as PNG pictures, to look at."""

    def make(text: str) -> list[bytes]:
        found = _compiler(template).compile(format="png", ppi=dots_an_inch, sys_inputs={"data": text})
        return found if isinstance(found, list) else [found] if found else []

    return _with_all_set(data, make)


def _compiler(template: str) -> typst.Compiler:
    path: Path = FOLDER / f"{template}.typ"
    return typst.Compiler(str(path), root=str(FOLDER), font_paths=fonts(), ignore_system_fonts=True)


def _with_all_set(data: Mapping[str, Any], make: Callable[[str], Made]) -> Made:
    """What `make` makes of the data as JSON, once everything in it that cannot be set is replaced by its number."""
    names: Names = {}
    ready = _settable(dict(data), names)
    for _ in range(MOST_REFUSALS):
        try:
            return make(json.dumps(ready | {"unset": _named(names)}))
        except typst.TypstError as error:
            refused = REFUSED.search(error.message)
            if refused is None:
                raise
            cluster = json.loads('"' + re.sub(r"\\u\{([0-9a-f]+)\}", _escaped, refused[1]) + '"')
            names[cluster] = "".join(map(_number, cluster))
            ready = _replaced(ready, cluster, names[cluster])
    return make(json.dumps(_plain(ready) | {"unset": _named(names)}))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(chr(int(found[1], 16)))[1:-1]


def _settable(value: Any, names: Names) -> Any:
    """The value with each character that cannot be set as its number; `names` learns which."""
    return _each(value, lambda text: text if USUAL.fullmatch(text) else _one(text, names))


def _one(text: str, names: Names) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    wrong = {letter: _number(letter) for letter in set(text) if not can_be_set(letter)}
    names.update(wrong)
    return "".join(wrong.get(letter, letter) for letter in text)


def _replaced(value: Any, cluster: str, by: str) -> Any:
    return _each(value, lambda text: text.replace(cluster, by))


def _plain(value: Any) -> Any:
    """The last resort: nothing but what every font has, the rest as numbers."""
    return _each(value, lambda text: "".join(c if USUAL.fullmatch(c) else _number(c) for c in text))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one, change) for one in value]
    return value


def _number(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"


def _named(names: Names) -> list[list[str]]:
    return [[by, ", ".join(unicodedata.name(c, "").lower() for c in what).strip(", ")] for what, by in names.items()]
