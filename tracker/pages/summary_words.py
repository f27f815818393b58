"""Sentences of the summary. Every number stands beside its denominator; none of them is a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.plans.entry import Entry
from tracker.plans.lateness import lateness as how_late


def rating_words() -> dict[str, str]:
    """The marks in words, inside a sentence."""
    return {
        "kept": _("as planned"),
        "partly": _("partly"),
        "not_kept": _("not as planned"),
        "not_today": _("didn't come up"),
        "ahead": _("still to come"),
        "none": _("no entry"),
    }


def rating_word(state: str) -> str:
    """One mark in words."""
    words = rating_words()
    return words.get(state, words["none"])


def so_far(elapsed: int, days: int) -> str:
    """*9 of 28 days so far*, or nothing once all of them count."""
    if elapsed == days:
        return ""
    return ngettext("%(num)s of %(days)s day so far", "%(num)s of %(days)s days so far", elapsed, days=days)


def late_label(entry: Entry, zone: ZoneInfo) -> str:
    """What stands beside an entry that was not written on time."""
    words = {"added_later": _("added later"), "recollection": _("recollection")}
    return words.get(how_late(entry.day, entry.recorded_at, zone), "")


def lateness(said: Mapping[str, int]) -> str:
    """*24 on time, 1 added later, 1 recollection*."""
    pieces = [
        _("%(n)s on time", n=said["on_time"]),
        _("%(n)s added later", n=said["added_later"]) if said["added_later"] else "",
        ngettext("%(num)s recollection", "%(num)s recollections", said["recollection"]) if said["recollection"] else "",
    ]
    return ", ".join(filter(None, pieces)) if said["logged"] else ""


def ratings(said: Mapping[str, int]) -> str:
    """What a party said on the days that are not as planned; with these it adds up to the elapsed days."""
    pieces = [
        _("%(n)s\N{NO-BREAK SPACE}partly", n=said["partly"]) if said["partly"] else "",
        _("%(n)s\N{NO-BREAK SPACE}not as planned", n=said["not_kept"]) if said["not_kept"] else "",
        _("%(n)s\N{NO-BREAK SPACE}didn't come up", n=said["not_today"]) if said["not_today"] else "",
        _("%(n)s\N{NO-BREAK SPACE}no entry", n=said["no_entry"]) if said["no_entry"] else "",
    ]
    return ", ".join(filter(None, pieces))


def together(matching: Mapping[str, int]) -> tuple[str, str]:
    """How two accounts of a term match: the days that both rated, and the ones that only one of them did."""
    both = matching["same"] + matching["near"] + matching["differ"]
    if not both:
        first = _("No day that both rated")
    else:
        pieces = [_("Same on %(n)s", n=matching["same"])]
        if matching["near"]:
            pieces.append(_("near on %(n)s", n=matching["near"]))
        if matching["differ"]:
            pieces.append(_("differ on %(n)s", n=matching["differ"]))
        first = ngettext("%(what)s of %(num)s day", "%(what)s of %(num)s days", both, what=", ".join(pieces))
    alone, neither = matching["one_sided"], matching["no_rating"]
    rest = [
        ngettext("%(num)s day: only one rated", "%(num)s days: only one rated", alone) if alone else "",
        _("%(n)s didn't come up for either", n=matching["not_today"]) if matching["not_today"] else "",
        ngettext("%(num)s day: neither rated", "%(num)s days: neither rated", neither) if neither else "",
    ]
    return first, ", ".join(filter(None, rest))


def handoffs_together(matching: Mapping[str, int], planned: int) -> str:
    """How the two accounts of the handoffs match."""
    pieces = [_("Same on %(n)s", n=matching["same"])]
    if matching["differ"]:
        pieces.append(_("differ on %(n)s", n=matching["differ"]))
    if matching["one_sided"]:
        pieces.append(_("by one alone on %(n)s", n=matching["one_sided"]))
    if matching["no_entry"]:
        pieces.append(_("no entry on %(n)s", n=matching["no_entry"]))
    return ngettext("%(what)s of %(num)s handoff", "%(what)s of %(num)s handoffs", planned, what=", ".join(pieces))


def overnights_together(matching: Mapping[str, int], nights: int) -> str:
    """How the two accounts of the nights match each other and the plan."""
    pieces = [_("Both say as planned on %(n)s", n=matching["as_planned"])]
    if matching["same_other"]:
        pieces.append(_("both say the same, not the plan, on %(n)s", n=matching["same_other"]))
    if matching["differ"]:
        pieces.append(_("differ on %(n)s", n=matching["differ"]))
    if matching["one_sided"]:
        pieces.append(_("by one alone on %(n)s", n=matching["one_sided"]))
    if matching["no_entry"]:
        pieces.append(_("no entry on %(n)s", n=matching["no_entry"]))
    return ngettext("%(what)s of %(num)s night", "%(what)s of %(num)s nights", nights, what=", ".join(pieces))


def reason(topic: Mapping[str, Any], names: Mapping[str, str], elapsed: int) -> str:
    """Why a term is suggested as it is, in numbers."""
    both, (one, other) = topic["both"], topic["kept"].items()
    if topic["suggestion"] == "too_few":
        return ngettext(
            "Both rated it on %(both)s of %(num)s day.",
            "Both rated it on %(both)s of %(num)s days.",
            elapsed,
            both=both,
        )
    if topic["suggestion"] == "accounts_differ":
        return ngettext(
            "Accounts differ on %(n)s of %(num)s day that both rated.",
            "Accounts differ on %(n)s of %(num)s days that both rated.",
            both, n=topic["differ"],
        )  # fmt: skip  # read in rows, as it is laid out
    return ngettext(
        "As planned on %(one)s (%(first)s) and %(other)s (%(second)s) of %(num)s day that both rated.",
        "As planned on %(one)s (%(first)s) and %(other)s (%(second)s) of %(num)s days that both rated.",
        both, one=one[1], other=other[1], first=names[one[0]], second=names[other[0]],
    )  # fmt: skip  # read in rows, as it is laid out


def hours(minutes: int) -> str:
    """*3 h 20 min*."""
    if minutes < 60:
        return _("%(n)s min", n=minutes)
    return _("%(hours)s h %(minutes)s min", hours=minutes // 60, minutes=minutes % 60)
