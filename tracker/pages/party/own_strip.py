"""The party's own strip so far: one mark a day, each leading to its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.cases.model import Party
from tracker.observations import read
from tracker.pages.summary_words import rating_word
from tracker.pages.texts import day as in_words
from tracker.pages.texts import day_month
from tracker.summaries.daily import NONE, day_mark
from tracker.trials.find import Here


def own_strip(found: Here, party: Party, today: date) -> dict[str, Any]:
    """The cells of every day of the trial; days to come have no link. One query."""
    logged = read.days_logged(found.trial.id, party.id)
    days = found.agreed.all_days()
    return {
        "cells": [_cell(found, day, logged, today) for day in days],
        "captions": [day_month(day) for day in days[::7]],
        "written": sum(day in logged for day in days if day <= today),
        "elapsed": min((today - found.facts.starts_on).days + 1, found.facts.days),
    }


def _cell(found: Here, day: date, logged: dict[date, dict[str, Any]], today: date) -> dict[str, str]:
    state = "ahead" if day > today else day_mark(logged.get(day)) if day in logged else NONE
    href = "" if day > today else f"/trials/{found.trial.id}/days/{day}"
    return {"state": state, "label": f"{in_words(day)}: {rating_word(state)}", "href": href}
