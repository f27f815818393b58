"""The summary's days: the strip of both accounts, and what the parties marked for the summary in their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from tracker.pages.summary_words import rating_words
from tracker.plans.entry import Entry
from tracker.plans.lateness import lateness
from tracker.plans.plan import Outline
from tracker.summaries.counting import Account
from tracker.summaries.daily import NONE, day_mark
from tracker.trials.find import Here


def strip_values(
    outline: Outline,
    accounts: Mapping[str, Account],
    elapsed: Sequence[date],
    people: Sequence[Face],
    term: str = "",
    as_of: date | None = None,
) -> dict[str, Any]:
    """The strip of both accounts: a term's marks, or without a `term` one mark a day for all of them.

    `as_of`: the last day that was asked for; the choice of another term keeps it.
    """
    more = {"as_of": as_of.isoformat()} if as_of else {}
    known = {one.key: one for one in outline.terms}
    spoken = rating_words()
    among = frozenset(elapsed)
    days = outline.all_days()
    labels = _labels(tuple(days), str(get_locale()))
    rows = []
    for face in people:
        entries = accounts[face["key"]].days
        marks = [_mark(entries.get(day), term) if day in among else "ahead" for day in days]
        cells = [{"state": m, "label": f"{label}: {spoken[m]}"} for m, label in zip(marks, labels, strict=True)]
        rows.append({"party": face, "cells": cells})
    choices = [("", _("All terms")), *((one.key, one.text) for one in outline.terms)]
    return {
        "title": known[term].text if term else _("all terms"),
        "term": term,
        "accounts": rows,
        "captions": captions(outline, outline.days),
        "choices": [{"key": key, "text": text, "href": "?" + urlencode({"term": key} | more)} for key, text in choices]
        if len(outline.terms) > 1
        else [],
        "ahead": len(elapsed) < outline.days,
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
    late = {"added_later": _("added later"), "recollection": _("recollection")}
    quoted = sorted((counted[key] for key in notes if key in counted), key=lambda e: (e.day, e.recorded_at, e.id))
    return [
        {
            "face": known[entry.party],
            "day": texts.day(entry.day),
            "about": kinds.get(entry.kind, ""),
            "label": late.get(lateness(entry.day, entry.recorded_at, here.zone), ""),
            "text": read_note(notes[entry.party, entry.id]),
        }
        for entry in quoted
    ]
