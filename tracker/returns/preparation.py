"""What a party prepares for the return session: six topics, each saved by itself, each with its own readers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from tracker.cases.model import Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import AUDIENCES, Problem
from tracker.returns import agenda
from tracker.returns.agenda import Topic
from tracker.returns.model import Preparation
from tracker.returns.two_pages import BasedOn, Written, merge
from tracker.summaries import release
from tracker.trials.here import Here

# Each topic and how many texts it has room for: few, for they are the ones that matter (product: "top three goals").
TOPICS = {"goals": 3, "documents": 3, "options": 2, "phrases": 3, "going_on": 1, "joining": 1}
LONGEST = 500  # characters of one text


@dataclass(frozen=True, slots=True)
class Prepared:
    """One topic as its author left it: its texts, each at its place, who may read them, when it was saved."""

    party_id: UUID
    topic: str
    places: tuple[str, ...]
    audience: str
    saved_at: datetime

    @property
    def texts(self) -> tuple[str, ...]:
        """Those that are not empty: all that a reader needs."""
        return tuple(filter(None, self.places))


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands there after a save, and where another page had something newer: its places, by number."""

    now: Prepared
    clash: frozenset[int]


def save(
    here: Here, topic: str, texts: Sequence[str], audience: str, now: datetime, base: BasedOn | None = None
) -> Saved:
    """Keep what the party wrote under a topic, in place of what stood there. A release goes on showing what it showed.

    `base`: what the page was based on that it was typed on. What another page has changed since stays as it is.
    Raises `Refused("invalid")`: an unknown topic or audience, too many texts, or one that is too long.
    """
    typed = tuple(text.strip() for text in texts)
    problems = _problems(topic, typed, audience)
    if problems:
        raise Refused("invalid", *problems)
    with transaction() as session:
        found = session.scalar(select(Preparation).where(*_mine(here, topic)).with_for_update())
        there = _written(found, topic)
        values = (*_filled(typed, topic), audience)
        after, clash = merge(values, there, base) if base else (Written(values, ("",) * len(values)), frozenset())
        if base and found is not None and after.values == there.values:
            return Saved(_prepared(found), clash)
        if found is None:
            found = Preparation(case_id=here.case.id, trial_id=here.trial.id, party_id=here.me.id, topic=topic)
            session.add(found)
        elif (shown := release.current(here.trial.id)) is not None and found.saved_at <= shown.at:
            _keep_released(found)
        *kept, found.audience = after.values
        while kept and not kept[-1]:
            kept.pop()
        found.texts, found.typed_on, found.saved_at = json.dumps(kept, ensure_ascii=False), list(after.pages), now
    return Saved(_prepared(found), clash)


def as_left(here: Here, topic: str) -> tuple[str, ...]:
    """What the form of a topic begins with: a text for each place, and then who may read them. One query."""
    return _written(db.session.scalar(select(Preparation).where(*_mine(here, topic))), topic).values


def own(here: Here) -> dict[str, Prepared]:
    """Everything that the party who looks wrote, by topic. One query."""
    found = _read(here.trial.id, AUDIENCES)
    return {one.topic: one for one in found if one.party_id == here.me.id}


def for_mediator(here: Here) -> list[Prepared]:
    """What the mediator may read of both parties: never what is for its author alone. One query, with the parties."""
    rows = _with_parties(here, ("mediator", "summary"))
    return _in_order(row.Preparation for row in rows if row.Preparation is not None)


def for_release(here: Here, until: datetime) -> tuple[list[Prepared], tuple[Topic, ...]]:
    """What is shown with the summary, as it stood by `until`: what its authors marked so, and the mediator's own
    agenda, if there is one. What an author has taken out of the summary since is shown no longer. One query, with the
    parties."""
    rows = _with_parties(here, ("summary",), agenda.newest(here.trial.id, until).label("agenda"))
    found = (_as_of(row.Preparation, until) for row in rows if row.Preparation is not None)
    return _sorted(one for one in found if one), agenda.read(rows[0].agenda)


def _mine(here: Here, topic: str) -> tuple[ColumnElement[bool], ...]:
    return Preparation.trial_id == here.trial.id, Preparation.party_id == here.me.id, Preparation.topic == topic


def _written(found: Preparation | None, topic: str) -> Written:
    values = (*_filled(json.loads(found.texts) if found else (), topic), found.audience if found else "mediator")
    pages = found.typed_on if found else None
    return Written(values, tuple(pages) if pages and len(pages) == len(values) else ("",) * len(values))


def _filled(texts: Sequence[str], topic: str) -> tuple[str, ...]:
    """A text for each place that the topic has: rows from before empty ones were kept have fewer."""
    return (*texts, *("",) * TOPICS[topic])[: TOPICS[topic]]


def _keep_released(found: Preparation) -> None:
    """What the release in force shows of it, before something else stands there; nothing where it shows nothing."""
    shown = found.audience == "summary"
    found.released_texts, found.released_saved_at = (found.texts, found.saved_at) if shown else ("", None)


def _as_of(row: Preparation, until: datetime) -> Prepared | None:
    """What stood there by then, if anything did."""
    if row.saved_at <= until:
        return _prepared(row)
    if row.released_saved_at is None or row.released_saved_at > until:
        return None
    return Prepared(row.party_id, row.topic, tuple(json.loads(row.released_texts)), row.audience, row.released_saved_at)


def _with_parties(here: Here, audiences: Collection[str], *more: Any) -> list[Any]:
    """The rows, and the parties along with them: pages that show them count their queries."""
    mine = (Preparation.party_id == Party.id, Preparation.trial_id == here.trial.id)
    shown = and_(*mine, Preparation.audience.in_(audiences))
    query = select(Party, Preparation, *more).outerjoin(Preparation, shown).where(Party.case_id == here.case.id)
    rows = list(db.session.execute(query.order_by(Party.position)))
    here.parties = list(dict.fromkeys(row.Party for row in rows))
    return rows


def _read(trial_id: UUID, audiences: Collection[str]) -> list[Prepared]:
    query = select(Preparation).where(Preparation.trial_id == trial_id, Preparation.audience.in_(audiences))
    return _in_order(db.session.scalars(query))


def _in_order(found: Iterable[Preparation]) -> list[Prepared]:
    return _sorted(map(_prepared, found))


def _sorted(found: Iterable[Prepared]) -> list[Prepared]:
    order = list(TOPICS)
    return sorted((one for one in found if one.texts), key=lambda one: (str(one.party_id), order.index(one.topic)))


def _prepared(row: Preparation) -> Prepared:
    return Prepared(row.party_id, row.topic, tuple(json.loads(row.texts)), row.audience, row.saved_at)


def _problems(topic: str, texts: Sequence[str], audience: str) -> list[Problem]:
    problems = []
    if topic not in TOPICS:
        return [Problem("topic", "not a topic")]
    if audience not in AUDIENCES:
        problems.append(Problem("audience", "not one of me, mediator, summary"))
    if len(texts) > TOPICS[topic]:
        problems.append(Problem("texts", f"more than {TOPICS[topic]}"))
    problems += [
        Problem(f"texts[{n}]", f"longer than {LONGEST} characters, or with a NUL")
        for n, text in enumerate(texts)
        if len(text) > LONGEST or "\0" in text
    ]
    return problems
