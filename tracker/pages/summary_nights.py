"""Overnights as a calendar of both: each night as planned, and where each party says that the child slept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from tracker.pages.faces import Face
from tracker.pages.texts import day as in_words
from tracker.pages.texts import day_month, weekdays
from tracker.plans.plan import Nights
from tracker.summaries.counting import Account
from tracker.summaries.overnights import night_by_night


def calendar(
    nights: Nights, by_party: Mapping[str, Account], elapsed: Sequence[date], people: Sequence[Face]
) -> dict[str, Any]:
    """Whole weeks from Monday; None where there is no night of the trial. `same`: nothing that was said differs."""
    marks = {face["key"]: face["mark"] for face in people} | {"other": "other"}
    names = {face["key"]: face["name"] for face in people} | {"other": _("somewhere else")}
    cells: dict[date, dict[str, Any]] = {}
    for day, owner, said in night_by_night(nights, by_party, elapsed):
        reported = [said[face["key"]] for face in people]
        pieces = [
            _("%(name)s says %(where)s", name=face["name"], where=names.get(one or "", _("no entry")))
            for face, one in zip(people, reported, strict=True)
        ]
        cells[day] = {
            "number": day.day,
            "label": day_month(day) if day.day == 1 or day == elapsed[0] else str(day.day),
            "planned": marks[owner],
            "reported": [marks[one] if one else "none" for one in reported],
            "same": all(one in (None, owner) for one in reported),
            "spoken": _(
                "%(day)s: planned %(name)s, %(said)s", day=in_words(day), name=names[owner], said=", ".join(pieces)
            ),
        }
    return {
        "heads": [short for short, _whole in weekdays()],
        "weeks": _weeks(cells),
        "spoken": "; ".join(c["spoken"] for c in cells.values()),
    }


def _weeks(cells: Mapping[date, dict[str, Any]]) -> list[list[dict[str, Any] | None]]:
    if not cells:
        return []
    first, last = min(cells), max(cells)
    monday = first - timedelta(days=first.weekday())
    return [
        [cells.get(monday + timedelta(days=7 * week + n)) for n in range(7)]
        for week in range((last - monday).days // 7 + 1)
    ]
