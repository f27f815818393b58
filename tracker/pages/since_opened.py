"""A form that was open while the same was saved on another page: nobody's words come back by themselves, and none go.

The form brings a mark of what each of its fields had when it was opened. What its sender left as it was is as it is
kept by now. What both changed is not kept yet: it comes back as typed, beside a sentence that says what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.pages.rows import Rows
from tracker.returns.two_pages import mark

WAS = "was-"


def marks(kept: Mapping[str, Any]) -> dict[str, str]:
    """What a form that shows this has to bring along; a value is a text, or the rows of a list."""
    return {WAS + name: mark(_text(value)) for name, value in kept.items()}


def brought(form: Mapping[str, str]) -> dict[str, str]:
    """The same marks again, for a form that comes back before anything of it was compared."""
    return {name: text for name, text in form.items() if name.startswith(WAS)}


def merge(
    form: Mapping[str, str], said: Mapping[str, Any], kept: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form wants to be kept, and of each field that both changed what stands there. A form that brings marks
    has no opinion on what it has none of: that was not there when it was opened."""
    base = brought(form)
    wanted, clash = {}, {}
    for name, now in kept.items():
        was, mine, theirs = base.get(WAS + name), mark(_text(said[name])), mark(_text(now))
        wanted[name] = now if base and was in (None, mine) else said[name]
        if was is not None and was not in (mine, theirs) and mine != theirs:
            clash[name] = now
    return wanted, clash


def newer(text: str) -> str:
    """Beside what was typed: that something else stands there by now."""
    if not text:
        return _("On another page this was emptied meanwhile. Save again to keep what stands here.")
    return _(
        "On another page this was changed meanwhile: “%(text)s” Save again to keep what stands here instead.", text=text
    )


def newer_each(
    clash: Mapping[str, Any], lists: Mapping[str, Rows], in_words: Callable[[str, Any], str]
) -> dict[str, str]:
    """The same at each field; at a list's first row, of all its rows."""
    found = {}
    for name, now in clash.items():
        if name in lists:
            first = lists[name].first
            found[f"{first}-0"] = newer(in_rows(now, first))
        else:
            found[name] = newer(in_words(name, now))
    return found


def in_rows(rows: Iterable[Mapping[str, str]], field: str) -> str:
    """A list in one line."""
    return "; ".join(filter(None, (row[field] for row in rows)))


def _text(value: Any) -> str:
    """An empty row of a list says nothing."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return json.dumps([row for row in value if any(row.values())], sort_keys=True)
