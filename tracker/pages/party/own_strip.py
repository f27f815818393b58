"""The party's own strip so far: one mark a day, each leading to its day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask_babel import get_locale

from tracker.cases.model import Party
from tracker.observations import read
from tracker.pages.summary_words import rating_word
from tracker.pages.texts import day as in_words
from tracker.pages.texts import day_month
from tracker.summaries.daily import NONE, day_mark
from tracker.trials.here import Here

STATES = ("kept", "partly", "not_kept", "not_today", NONE, "ahead")


def own_strip(found: Here, party: Party, today: date) -> dict[str, Any]:
    """The cells of every day of the trial; days to come have no link. One query."""
    logged = read.days_logged(found.trial.id, party.id)
    days, url = found.agreed.all_days(), f"/trials/{found.trial.id}/days/"
    locale = str(get_locale())
    (labels, captions), spoken = _dates(found.agreed.starts_on, found.agreed.days, locale), _words(locale)
    cells = []
    for day, label in zip(days, labels, strict=True):
        state = "ahead" if day > today else day_mark(logged.get(day))
        cells.append(
            {"state": state, "label": f"{label}: {spoken[state]}", "href": "" if day > today else f"{url}{day}"}
        )
    return {
        "cells": cells,
        "captions": captions,
        "written": sum(day in logged for day in days if day <= today),
        "elapsed": min((today - found.facts.starts_on).days + 1, found.facts.days),
    }


@lru_cache(maxsize=256)
def _dates(first: date, days: int, _locale: str) -> tuple[list[str], list[str]]:
    """The days in words and the first one of each week: the same on every look at a trial, and slow to write."""
    every = [first + timedelta(days=n) for n in range(days)]
    return [in_words(day) for day in every], [day_month(day) for day in every[::7]]


@lru_cache
def _words(_locale: str) -> dict[str, str]:
    return {state: rating_word(state) for state in STATES}
