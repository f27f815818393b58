"""The figures of a summary, ready for its page, and kept: everybody who reads a summary reads the same one.

What is kept holds no note. A trial whose accounts have grown by an entry is another question with another answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import get_template_attribute
from flask_babel import get_locale

from tracker.observations import for_mediator
from tracker.observations.for_mediator import Stamp
from tracker.pages import summary_nights, summary_noise, summary_parts, summary_words
from tracker.pages.faces import MARKS, Face
from tracker.pages.summary_days import Look, strip_values
from tracker.plans.entry import Entry
from tracker.plans.plan import NightChange, Outline
from tracker.returns.agenda import Topic
from tracker.summaries.compile import compile_summary
from tracker.summaries.counting import Account, accounts
from tracker.summaries.handoffs import saying_how_late
from tracker.trials.here import Here
from tracker.trials.outline import agreed

KEPT = 128  # summaries in each process; a few thousand small values each


@dataclass(frozen=True)
class Asked:
    """What the figures depend on. `changes`: swapped nights; `parties`: ids, keys and names in the plan's order;
    `agenda`: the topics as the mediator put them."""

    trial_id: UUID
    version_id: UUID
    changes: tuple[NightChange, ...]
    parties: tuple[tuple[UUID, str, str], ...]
    until: datetime | None
    last: date
    ends: date
    as_of: date | None
    since: date | None
    term: str
    base: str
    locale: str
    stamp: Stamp
    agenda: tuple[Topic, ...]


@dataclass(frozen=True)
class Figures:
    """`values` for the page, its `body` among them, which nobody may change; `counted`: the entries that
    count, by party and id."""

    values: Mapping[str, Any]
    counted: Mapping[tuple[str, UUID], Entry]


def figures(
    here: Here,
    until: datetime | None,
    last: date,
    stamp: Stamp,
    *,
    as_of: date | None,
    since: date | None,
    term: str,
    base: str,
    own: tuple[Topic, ...] = (),
) -> Figures:
    """The figures of a trial up to its day `last`, from what had reached the server by `until`, of which `stamp` tells.

    `since`: a later first day, for a look at one week. `base`: the address below which each day's two accounts are.
    `own`: the agenda as the mediator put it.
    """
    nights = here.outline.schedule.nights
    return _figures(
        Asked(
            trial_id=here.trial.id,
            version_id=here.plan.id,
            changes=nights.changes if nights else (),
            parties=tuple((party.id, party.key, party.name) for party in here.parties),
            until=until,
            last=last,
            ends=here.facts.last_day,
            as_of=as_of,
            since=since,
            term=term,
            base=base,
            locale=str(get_locale()),
            stamp=stamp,
            agenda=own,
        )
    )


def forget() -> None:
    """Keep no figures any more: the accounts were replaced by others."""
    _figures.cache_clear()


@lru_cache(maxsize=KEPT)
def _figures(asked: Asked) -> Figures:
    outline = _outline(asked)
    entries = for_mediator.told(asked.trial_id, {id_: key for id_, key, _name in asked.parties}, asked.until)
    summary = compile_summary(outline, entries, asked.last, asked.since)
    elapsed = [day for day in outline.all_days() if (asked.since or day) <= day <= asked.last]
    by_party = accounts(outline, entries, elapsed)
    people = [Face(key=key, name=name, mark=mark) for (_id, key, name), mark in zip(asked.parties, MARKS, strict=False)]
    values = {
        "faces": people,
        "elapsed": summary["elapsed"],
        "days": summary["days"],
        "whole": asked.since is None,
        "so_far": summary_words.so_far(summary["elapsed"], summary["days"]) if asked.since is None else "",
        "coverage": summary_parts.coverage(summary, people),
        "strip": strip_values(outline, by_party, elapsed, people, _look(asked)),
        "terms": summary_parts.terms(summary, outline, people),
        "weeks": summary_parts.weeks(summary, outline, people, asked.since or outline.starts_on),
        "agenda": summary_parts.agenda(summary, outline, people, asked.agenda),
        "own_agenda": bool(asked.agenda),
    }
    values |= _scheduled(summary, outline, people, by_party, elapsed)
    # Writing it takes as long as everything else about a look at the page, and there is nothing of the reader in it.
    write = get_template_attribute("_parts/summary.html", "figures_body")
    return Figures(values | {"body": write(values) if elapsed else ""}, _counted(by_party))


def _outline(asked: Asked) -> Outline:
    """The plan with its swapped nights."""
    outline = agreed(asked.version_id)
    nights = outline.schedule.nights
    if nights is None:
        return outline
    return replace(outline, schedule=replace(outline.schedule, nights=replace(nights, changes=asked.changes)))


def _look(asked: Asked) -> Look:
    return Look(asked.term, asked.as_of, asked.since, asked.base, asked.ends)


def _scheduled(
    summary: Mapping[str, Any],
    outline: Outline,
    people: list[Face],
    by_party: Mapping[str, Account],
    elapsed: list[date],
) -> dict[str, Any]:
    """The parts that only some plans use."""
    parts: dict[str, Any] = {}
    if not elapsed:
        return parts
    if outline.schedule.nights is not None:
        told = saying_how_late(outline.schedule.nights, by_party, elapsed, outline.starts_on)
        parts["handoffs"] = summary_parts.handoffs(summary["handoffs"], people, told)
        parts["overnights"] = summary_parts.overnights(summary["overnights"], people) | {
            "calendar": summary_nights.calendar(outline.schedule.nights, by_party, elapsed, people)
        }
    if "noise" in summary:
        parts["noise"] = summary_noise.noise(summary["noise"], people, outline, by_party, elapsed)
    if "milestones" in summary:
        parts["milestones"] = summary_parts.milestones(summary["milestones"], outline, people)
    return parts


def _counted(by_party: Mapping[str, Account]) -> dict[tuple[str, UUID], Entry]:
    return {
        (key, entry.id): entry
        for key, account in by_party.items()
        for entry in (*account.days.values(), *account.handoffs.values(), *account.noises, *account.moments)
    }
