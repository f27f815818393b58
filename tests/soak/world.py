"""A world in which each owner's texts carry the owner's own mark, so that a text in the wrong answer can be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from tests.cast import Cast
from tests.conftest import NOW
from tracker.cases.model import Party
from tracker.db import db
from tracker.observations.record import record
from tracker.people.model import Person
from tracker.plans.entry import AUDIENCES, Entry
from tracker.summaries import release
from tracker.trials import find, safety
from tracker.trials.model import Trial


@dataclass(frozen=True)
class World:
    """Who may read which marks, and the ids that a request may name."""

    people: dict[str, Person | None]
    allowed: dict[str, frozenset[str]]
    marks: frozenset[str]
    ids: tuple[str, ...]
    trials: dict[str, UUID]

    def may_read(self, name: str) -> frozenset[str]:
        """The marks that this person may read now: chance releases summaries. The guest is let in."""
        trial = self.trials.get(name)
        others = [other for other, its in self.trials.items() if its == trial]
        shown = trial is not None and release.current(trial) is not None
        return self.allowed.get(name, frozenset()) | {mark(other, "summary") for other in others if shown}


def mark(name: str, audience: str) -> str:
    """A word that occurs nowhere else."""
    return f"zq{name.replace('_', '')}{audience}zq".lower()


def fill(cast: Cast) -> World:
    """Notes of every audience by each party, a safety message each; the noise trial's summary is released."""
    owners = {
        "parent_a": (cast.parent_a, cast.parenting), "parent_b": (cast.parent_b, cast.parenting),
        "upstairs": (cast.upstairs, cast.noise), "downstairs": (cast.downstairs, cast.noise),
        "stranger": (cast.stranger, cast.strangers),
    }  # fmt: skip  # read in rows, as it is laid out
    ids = [write(name, person, trial) for name, (person, trial) in owners.items()]
    release.release(cast.here(cast.upstairs, cast.noise), cast.mediator.id, NOW)
    trials = (cast.parenting, cast.noise, cast.strangers)
    rows = db.session.query(Party.id).filter(Party.case_id.in_([trial.case_id for trial in trials]))
    known = [
        *(trial.id for trial in trials * 8),  # most addresses begin with one
        *(trial.case_id for trial in trials),
        *(row.id for row in rows),
        *(id_ for one in ids for id_ in one),
    ]
    names = ("mediator", "other_mediator", "outsider", "administrator", "guest")
    people: dict[str, Person | None] = {"nobody": None} | {name: getattr(cast, name) for name in (*owners, *names)}
    theirs = {name: trial.id for name, (_person, trial) in owners.items()} | {"guest": cast.parenting.id}
    return World(people, _allowed(), _all(owners), tuple(map(str, known)), theirs)


def write(name: str, person: Person, trial: Trial) -> list[UUID]:
    """What one party writes: an entry for each audience, and a word about safety."""
    here = find.for_party(person.id, trial.id)
    assert here is not None
    assert here.party is not None
    ids = []
    for audience in AUDIENCES:
        ids.append(uuid4())
        said = {"at": NOW.isoformat()}
        record(
            here,
            Entry(ids[-1], here.party.key, "moment", date(2026, 3, 9), NOW, said, mark(name, audience), audience),
            NOW,
        )
    safety.feels_unsafe(here, mark(name, "safety"), NOW)
    return ids


def _all(owners: Iterable[str]) -> frozenset[str]:
    return frozenset(mark(name, kind) for name in owners for kind in (*AUDIENCES, "safety"))


def _allowed() -> dict[str, frozenset[str]]:
    """By the table "Who sees what" in the product's law, but for what a release shows to both parties."""

    def of(*names: str, kinds: tuple[str, ...]) -> frozenset[str]:
        return frozenset(mark(name, kind) for name in names for kind in kinds)

    own, read = ("me", "mediator", "summary"), ("mediator", "summary", "safety")
    return {
        "parent_a": of("parent_a", kinds=own),
        "parent_b": of("parent_b", kinds=own),
        "upstairs": of("upstairs", kinds=own),
        "downstairs": of("downstairs", kinds=own),
        "stranger": of("stranger", kinds=own),
        "mediator": of("parent_a", "parent_b", "upstairs", "downstairs", kinds=read),
        "other_mediator": of("stranger", kinds=read),
    }
