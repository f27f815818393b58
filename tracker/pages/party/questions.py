"""What the plan asks about a day, drawn. The empty form is the same on every look at a plan: it is drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

from tracker.pages.party import asked
from tracker.plans.plan import Term
from tracker.trials.here import Here

EMPTY: Mapping[str, str] = {"audience": "mediator"}

Names = tuple[tuple[str, str], ...]


class Named(Protocol):
    """A party, or what stands in for one where no name may be shown."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


def day_questions(found: Here, parties: Iterable[Named], typed: Mapping[str, str], errors: Mapping[str, str]) -> Markup:
    """The terms, the plan's questions, the note and the button that saves them; filled in as `typed`."""
    names = tuple((party.key, party.name) for party in parties)
    template, terms = found.plan.template, found.agreed.terms
    if errors or dict(typed) not in ({}, EMPTY):
        return _drawn(template, terms, names, typed, errors)
    return _empty(template, terms, names, str(get_locale()))


@lru_cache(maxsize=512)
def _empty(template: str, terms: tuple[Term, ...], names: Names, _locale: str) -> Markup:
    return _drawn(template, terms, names, EMPTY, {})


def _drawn(
    template: str, terms: tuple[Term, ...], names: Names, typed: Mapping[str, str], errors: Mapping[str, str]
) -> Markup:
    values = {"terms": asked.terms(terms), "questions": asked.day_questions(template, names)}
    html = render_template("party/_questions.html", typed=typed, errors=errors, **values)
    return Markup(html)  # noqa: S704  # drawn by our own template, which escapes what people wrote
