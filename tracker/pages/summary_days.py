"""The summary's days: the strip of both accounts, and what the parties marked for the summary in their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_locale
from flask_babel import gettext as _

from tracker.observations.for_mediator import Quote
from tracker.pages import texts
from tracker.pages.faces import Face
from tracker.pages.summary_parts import captions
from tracker.pages.summary_words import rating_word
from tracker.plans.lateness import lateness
from tracker.plans.plan import Outline
from tracker.summaries.counting import Account
from tracker.summaries.daily import NONE, day_mark

STATES = ("kept", "partly", "not_kept", "not_today", NONE, "ahead")


def strip_values(
    outline: Outline, accounts: Mapping[str, Account], elapsed: Sequence[date], people: Sequence[Face], term: str
) -> dict[str, Any]:
    """The strip of both accounts: a term's marks, or without a `term` one mark a day for all of them."""
    known = {one.key: one for one in outline.terms}
    spoken = {state: rating_word(state) for state in STATES}
    among = frozenset(elapsed)
    days = outline.all_days()
    labels = _labels(tuple(days), str(get_locale()))
    rows = []
    for face in people:
        entries = accounts[face["key"]].days
        marks = [_mark(entries.get(day), term) if day in among else "ahead" for day in days]
        cells = [{"state": m, "label": f"{label}: {spoken[m]}"} for m, label in zip(marks, labels, strict=True)]
        rows.append({"party": face, "cells": cells})
    choices = [{"key": "", "text": _("All terms")}, *({"key": t.key, "text": t.text} for t in outline.terms)]
    return {
        "title": known[term].text if term else _("all terms"),
        "term": term,
        "accounts": rows,
        "captions": captions(outline, outline.days),
        "choices": choices if len(outline.terms) > 1 else [],
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
    quotes: Iterable[Quote], accounts: Mapping[str, Account], known: Mapping[str, Face], zone: ZoneInfo
) -> list[dict[str, Any]]:
    """The notes of observations that count, in order; one that was replaced later is not among them."""
    counted = {
        (key, entry.id)
        for key, account in accounts.items()
        for entry in (*account.days.values(), *account.handoffs.values(), *account.noises, *account.moments)
    }
    kinds = {"handoff": _("about the handoff"), "noise": _("about a noise"), "moment": _("about a moment")}
    late = {"added_later": _("added later"), "recollection": _("recollection")}
    return [
        {
            "face": known[quote.party],
            "day": texts.day(quote.day),
            "about": kinds.get(quote.kind, ""),
            "label": late.get(lateness(quote.day, quote.recorded_at, zone), ""),
            "text": quote.note,
        }
        for quote in quotes
        if (quote.party, quote.id) in counted
    ]
