"""Noise: how long, when, in how many quiet nights, and how many stayed quiet; for each party by its own account. Pure.

An event counts, whole, if its day is elapsed, also where it lasts into a day that is not. Events that overlap are
counted once in all minutes. Minutes are real ones and rounded down at the end; `by_hour` rounds down each hour by
itself, so that its numbers may add up to fewer than `minutes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tracker.plans.entry import Entry
from tracker.plans.quiet import window
from tracker.summaries.counting import Account
from tracker.summaries.intervals import MINUTE, Offsets, Stretch, instant, merged, within
from tracker.summaries.matching import blocks, median

QuietHours = Mapping[str, tuple[time, time]]


def noise_figures(
    quiet_hours: QuietHours, zone: ZoneInfo, accounts: Mapping[str, Account], elapsed: Sequence[date]
) -> dict[str, Any]:
    """Each party's figures of noise. `disturbed_nights`, `quiet_nights` and `no_entry` add up to `windows`, the quiet
    windows that start on elapsed days. A window is disturbed if an event shares time with it; touching is not enough.
    """
    windows = [_instants(window(quiet_hours, day, zone)) for day in elapsed]
    offsets = Offsets(zone, elapsed[0], elapsed[-1]) if elapsed else None
    return {party: _of_one(account, elapsed, windows, offsets) for party, account in accounts.items()}


def _instants(hours: tuple[datetime, datetime] | None) -> Stretch | None:
    return (instant(hours[0]), instant(hours[1])) if hours else None


def _of_one(
    account: Account, elapsed: Sequence[date], windows: Sequence[Stretch | None], offsets: Offsets | None
) -> dict[str, Any]:
    noise = merged(map(_stretch, account.noises))
    ends = [end for _, end in noise]
    nights = _nights(account, elapsed, windows, noise)
    quiet_time = merged(hours for hours in windows if hours)  # windows of neighbouring days may overlap
    hours = offsets.by_hour(noise) if offsets else [0] * 24
    return {
        "events": len(account.noises),
        "minutes": sum(end - start for start, end in noise) // MINUTE,
        "quiet_hours_minutes": sum(within(noise, ends, *quiet) for quiet in quiet_time) // MINUTE,
        "disturbed_nights": nights.count("disturbed"),
        "quiet_nights": nights.count("quiet"),
        "no_entry": nights.count("no_entry"),
        "windows": len(nights) - nights.count(None),
        "by_hour": [time // MINUTE for time in hours],
        **_levels(account.noises),
        "weeks": [block.count("disturbed") for block in blocks(nights)],
    }


def quiet_by_night(
    quiet_hours: QuietHours, zone: ZoneInfo, account: Account, elapsed: Sequence[date]
) -> list[str | None]:
    """What one account says of each elapsed day's night: `disturbed`, `quiet`, `no_entry`; None without a window."""
    windows = [_instants(window(quiet_hours, day, zone)) for day in elapsed]
    return _nights(account, elapsed, windows, merged(map(_stretch, account.noises)))


def _nights(
    account: Account, elapsed: Sequence[date], windows: Sequence[Stretch | None], noise: Sequence[Stretch]
) -> list[str | None]:
    ends = [end for _, end in noise]
    return [_night(hours, day in account.days, noise, ends) for day, hours in zip(elapsed, windows, strict=True)]


def _stretch(event: Entry) -> Stretch:
    start, end = event.answers["start"], event.answers["end"]
    return instant(datetime.fromisoformat(start)), instant(datetime.fromisoformat(end))


def _night(hours: Stretch | None, logged: bool, noise: Sequence[Stretch], ends: Sequence[int]) -> str | None:
    """What the night of one day was: None where no quiet window starts."""
    if hours is None:
        return None
    if within(noise, ends, *hours):
        return "disturbed"
    return "quiet" if logged else "no_entry"


def _levels(events: Iterable[Entry]) -> dict[str, int | float | None]:
    """Over the events that say a level; None without one."""
    levels = [event.answers["level"] for event in events if "level" in event.answers]
    return {"median_level": median(levels), "max_level": max(levels, default=None)}
