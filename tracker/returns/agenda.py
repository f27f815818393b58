"""The agenda as the mediator puts it: their order, their words, at most two topics first. Kept in versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select

from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.plans.entry import Problem
from tracker.returns.model import Agenda
from tracker.summaries.agenda import MOST_TOPICS
from tracker.trials.here import Here
from tracker.trials.lock import lock_trial

MOST = 10  # topics: a session has room for few
LONGEST = 200  # characters of one


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to talk about. `term`: the key of the term that it is about, if it is about one."""

    text: str
    first: bool = False
    term: str = ""


def write(here: Here, topics: Sequence[Topic], by: UUID, now: datetime) -> None:
    """Keep an agenda in place of the one before. One without topics stands for the suggested one.

    Raises `Refused("invalid")`, its problems naming `topics`, `topics[n]` or `first` (more than two are marked so).
    """
    problems = [
        Problem(f"topics[{n}]", f"empty, or longer than {LONGEST} characters")
        for n, topic in enumerate(topics)
        if not topic.text.strip() or len(topic.text) > LONGEST or "\0" in topic.text
    ]
    if len(topics) > MOST:
        problems.append(Problem("topics", f"more than {MOST}"))
    if sum(topic.first for topic in topics) > MOST_TOPICS:
        problems.append(Problem("first", f"more than {MOST_TOPICS}"))
    if problems:
        raise Refused("invalid", *problems)
    text = json.dumps([asdict(topic) for topic in topics], ensure_ascii=False)
    with transaction() as session:
        lock_trial(here.trial.id)
        newest = session.scalar(select(func.max(Agenda.number)).where(Agenda.trial_id == here.trial.id)) or 0
        own = {"case_id": here.case.id, "trial_id": here.trial.id, "number": newest + 1}
        session.add(Agenda(**own, topics=text, by=by, at=now))


def newest(trial_id: UUID, until: datetime) -> ScalarSelect[str]:
    """The topics of the newest agenda by `until`, for another query to ask along; `read` makes topics of it."""
    standing = select(Agenda.topics).where(Agenda.trial_id == trial_id, Agenda.at <= until)
    return standing.order_by(Agenda.number.desc()).limit(1).scalar_subquery()


def own(trial_id: UUID, now: datetime) -> tuple[Topic, ...]:
    """The mediator's own agenda; nothing where the suggested one stands. One query."""
    return read(db.session.scalar(select(newest(trial_id, now))))


def read(topics: str | None) -> tuple[Topic, ...]:
    """What `newest` found; nothing where the suggested agenda stands."""
    return tuple(Topic(**topic) for topic in json.loads(topics)) if topics else ()
