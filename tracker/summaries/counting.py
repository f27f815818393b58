"""Which observations count: those about elapsed days, and of several about one day the latest. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from tracker.plans.entry import Entry
from tracker.plans.plan import Outline

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Account:
    """What one party noted, ready to be counted.

    `days` and `handoffs` hold the one counting entry for a day; each noise and each moment counts.
    """

    days: dict[date, Entry] = field(default_factory=dict)
    handoffs: dict[date, Entry] = field(default_factory=dict)
    noises: list[Entry] = field(default_factory=list)
    moments: list[Entry] = field(default_factory=list)


def counting(entries: Iterable[Entry], kind: str = "day") -> dict[tuple[str, date], Entry]:
    """The counting entry of a `kind` (`day` or `handoff`) for each party key and day that has one.

    Of several the one with the latest `recorded_at` counts, then the greater `id`; the others are its history.
    """
    latest: dict[tuple[str, date], Entry] = {}
    for entry in entries:
        if entry.kind == kind:
            _keep_later(latest, (entry.party, entry.day), entry)
    return latest


def accounts(outline: Outline, entries: Iterable[Entry], elapsed: Iterable[date]) -> dict[str, Account]:
    """Each party's account of the `elapsed` days, parties in the plan's order. Entries about other days are left out.

    `entries`: each observation once, in any order. KeyError for a party that the plan does not have.
    """
    found = {key: Account() for key in outline.parties}
    among = frozenset(elapsed)
    for entry in entries:
        if entry.day in among:
            _file(found[entry.party], entry)
    return found


def _file(account: Account, entry: Entry) -> None:
    if entry.kind == "day":
        _keep_later(account.days, entry.day, entry)
    elif entry.kind == "handoff":
        _keep_later(account.handoffs, entry.day, entry)
    elif entry.kind == "noise":
        account.noises.append(entry)
    else:
        account.moments.append(entry)


def _keep_later(latest: dict[_Key, Entry], key: _Key, entry: Entry) -> None:
    before = latest.get(key)
    if before is None or (entry.recorded_at, entry.id) > (before.recorded_at, before.id):
        latest[key] = entry
