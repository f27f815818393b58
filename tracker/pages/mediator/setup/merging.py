"""A step of a draft that is open in two tabs: what each of them changed is kept, and neither undoes the other.

A draft is kept while it is typed, so that a page may change again what it typed itself: see `returns.two_pages`. Which
page typed a field last stands in the draft beside its steps.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.pages import since_opened
from tracker.pages.mediator.setup import chosen
from tracker.pages.mediator.setup.typed import FIELDS, LISTS
from tracker.pages.pattern_words import patterns
from tracker.pages.rows import Typed
from tracker.pages.texts import day
from tracker.plans.values import parse_date
from tracker.returns import two_pages
from tracker.returns.two_pages import Written

PAGES = "pages"  # in a draft's content: by step and field the id of the page


def page(step: str, said: Mapping[str, Any], before: str = "") -> str:
    """What a form on which this stands has to bring along; `before`: what it brought along, if it comes back."""
    return str(two_pages.opened(_values(step, said), before.partition(" ")[0]))


def settle(step: str, said: Typed, content: dict[str, Any], brought: str) -> frozenset[str]:
    """Keep in `content` what was typed, but where another page has something newer: the names of these fields."""
    names, there = fields(step), content.get(step)
    base = two_pages.read(brought, len(names))
    pages = content.get(PAGES, {}).get(step, {})
    if there is None or base is None:
        content[step] = said
        content[PAGES] = content.get(PAGES, {}) | {step: dict.fromkeys(names, base.page) if base else {}}
        return frozenset()
    before = Written(_values(step, there), tuple(pages.get(name, "") for name in names))
    mine = _values(step, said)
    after, clash = two_pages.merge(mine, before, base)
    if step == "template":
        content[step] = said if after.values == mine else there
    else:
        kept = zip(names, mine, after.values, strict=True)
        content[step] = {name: _of(said if value == now else there, step, name) for name, value, now in kept}
    typed_on = {name: one for name, one in zip(names, after.pages, strict=True) if one}
    content[PAGES] = content.get(PAGES, {}) | {step: typed_on}
    return frozenset(names[n] for n in clash)


def sentence() -> str:
    """While it is typed."""
    return _("On another page this was changed meanwhile. What you type here is not kept yet: go on to see both.")


def errors(step: str, kept: Mapping[str, Any], clash: Collection[str], people: Mapping[str, str]) -> dict[str, str]:
    """At each field that both changed what stands there."""
    there = {name: _of(kept, step, name) for name in fields(step) if name in clash}
    return since_opened.newer_each(there, LISTS.get(step, {}), lambda name, _now: _in_words(name, kept, people))


def fields(step: str) -> tuple[str, ...]:
    """A step's fields, and then its lists."""
    return (*FIELDS[step], *LISTS.get(step, {}))


def _in_words(name: str, kept: Mapping[str, Any], people: Mapping[str, str]) -> str:
    value = str(kept.get(name, ""))
    if name == "template":
        return chosen.name(kept)
    if name in ("starts_on", "anchor") and (on := parse_date(value)):
        return day(on)
    return (dict(patterns()) if name == "pattern" else people if name in ("a", "role") else {}).get(value, value)


def _values(step: str, said: Mapping[str, Any]) -> tuple[str, ...]:
    """An empty row of a list says nothing."""
    if step == "template":
        return (chosen.key(said),)
    values = (_of(said, step, name) for name in fields(step))
    return tuple(
        one if isinstance(one, str) else json.dumps([row for row in one if any(row.values())]) for one in values
    )


def _of(said: Mapping[str, Any], step: str, name: str) -> Any:
    """What a step begins with has only what its template needs."""
    return said.get(name, [] if name in LISTS.get(step, {}) else "")
