"""The summary's days: the strip of both accounts, and what the parties marked for the summary in their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from tracker.observations.for_mediator import read_note
from tracker.pages import texts
from tracker.pages.faces import Face, faces
from tracker.pages.summary_parts import captions
from tracker.pages.summary_words import late_label, rating_words
from tracker.plans.entry import Entry
from tracker.plans.plan import Outline
from tracker.summaries.counting import Account
from tracker.summaries.daily import NONE, day_mark
from tracker.trials.here import Here


@dataclass(frozen=True)
class Look:
    """What a reader chose to see: one term, an earlier last day, one week; and where each day's accounts are.

    `ends`: the last day that can count, where it is not the plan's: after an early end nothing is still to come.
    """

    term: str = ""
    as_of: date | None = None
    since: date | None = None
    base: str = ""
    ends: date | None = None

    def href(self, term: str, outline: Outline) -> str:
        """The same look at another term."""
        more = {"as_of": self.as_of.isoformat()} if self.as_of else {}
        if self.since:
            more["week"] = str((self.since - outline.starts_on).days // 7 + 1)
        return "?" + urlencode({"term": term} | more)


def strip_values(
    outline: Outline,
    accounts: Mapping[str, Account],
    elapsed: Sequence[date],
    people: Sequence[Face],
    look: Look | None = None,
) -> dict[str, Any]:
    """The strip of both accounts: a term's marks, or without a chosen one one mark a day for all of them.

    Each elapsed day leads to that day's two accounts; the choice of another term keeps the rest of the look.
    """
    look = look or Look()
    term = look.term
    known = {one.key: one for one in outline.terms}
    spoken = rating_words()
    among = frozenset(elapsed)
    days = list(elapsed) if look.since else [day for day in outline.all_days() if day <= (look.ends or day)]
    labels = _labels(tuple(days), str(get_locale()))
    rows = []
    for face in people:
        entries = accounts[face["key"]].days
        marks = [_mark(entries.get(day), term) if day in among else "ahead" for day in days]
        cells = [
            {
                "state": mark,
                "label": f"{label}: {spoken[mark]}",
                "href": f"{look.base}/days/{day}" if day in among and look.base else "",
            }
            for day, mark, label in zip(days, marks, labels, strict=True)
        ]
        rows.append({"party": face, "cells": cells})
    choices = [("", _("All terms")), *((one.key, one.text) for one in outline.terms)]
    return {
        "title": known[term].text if term else _("all terms"),
        "term": term,
        "accounts": rows,
        "captions": captions(days[0], len(days)),
        "choices": [{"key": key, "text": text, "href": look.href(key, outline)} for key, text in choices]
        if len(outline.terms) > 1
        else [],
        "ahead": len(elapsed) < len(days),
    }


def _mark(entry: Any, term: str) -> str:
    if entry is None:
        return NONE
    return str(entry.answers.get("terms", {}).get(term, NONE)) if term else day_mark(entry.answers)


@lru_cache(maxsize=256)
def _labels(days: tuple[date, ...], _locale: str) -> list[str]:
    """The days in words; the same for every look at a trial, and slow to write."""
    return [texts.day(day) for day in days]


def quote_values(
    notes: Mapping[tuple[str, UUID], bytes], counted: Mapping[tuple[str, UUID], Entry], here: Here
) -> list[dict[str, Any]]:
    """The notes of observations that count, by day and then as recorded; only these are decrypted."""
    if not notes:
        return []
    known = {face["key"]: face for face in faces(here.parties)}
    kinds = {"handoff": _("about the handoff"), "noise": _("about a noise"), "moment": _("about a moment")}
    quoted = sorted((counted[key] for key in notes if key in counted), key=lambda e: (e.day, e.recorded_at, e.id))
    return [
        {
            "face": known[entry.party],
            "day": texts.day(entry.day),
            "about": kinds.get(entry.kind, ""),
            "label": late_label(entry, here.zone),
            "text": read_note(notes[entry.party, entry.id]),
        }
        for entry in quoted
    ]
