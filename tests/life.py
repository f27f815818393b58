"""What happens to one trial: each deed brings it from one moment of its life to the next, or back to an earlier one.

All of it comes about as it would for the people in it, by the product's own functions and at its own time.
`access_moments.py` says in which order, and who may see what then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from tests.cast import NIGHTS, Cast, begin, proposed
from tests.conftest import NOW
from tracker.cases import close, guests, invite
from tracker.cases.model import Case, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.keeping.purge import purge
from tracker.people import memberships
from tracker.returns import memorandum, session
from tracker.summaries import release
from tracker.trials import agree, find, propose, rest
from tracker.trials.here import Here

Travel = Callable[[datetime], None]
FIRST, LONGER, TOO_LATE = date(2026, 3, 16), date(2026, 4, 19), date(2026, 5, 1)  # without more it ends on 12 April
DAY = date(2026, 3, 24)  # one of its days, and the first one of the plan that is proposed anew
PLAN = proposed("Next weeks", "parenting", 28, "UTC", {"nights": NIGHTS}, FIRST)


class Life:
    """A trial that was proposed to two parents. The second one has an invitation, and has not joined."""

    def __init__(self, cast: Cast, travel: Travel) -> None:
        self.cast, self.now, self._travel = cast, NOW, travel
        names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
        people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
        with transaction():
            trial = begin(cast.programme.id, cast.mediator.id, names, people, PLAN, NOW, accepted=False)
            self.trial, self.case_id = trial.id, trial.case_id
            self.party("B").person_id = None

    @property
    def case(self) -> Case:
        """The trial's case as it stands."""
        return db.session.get_one(Case, self.case_id, populate_existing=True)

    def party(self, key: str) -> Party:
        """One of the two parties."""
        return db.session.scalars(select(Party).where(Party.case_id == self.case_id, Party.key == key)).one()

    def here(self, key: str = "") -> Here:
        """The trial as it stands; with a `key` as that party finds it."""
        person = self.party(key).person_id if key else None
        found = find.for_party(person, self.trial) if person else find.by_id(self.trial)
        assert found is not None
        return found

    def at(self, month: int, day: int) -> None:
        """Time passes until noon of a day."""
        self.now = datetime(2026, month, day, 12, tzinfo=UTC)
        self._travel(self.now)

    def yes(self, key: str, said: bool = True) -> None:
        """A party allows the newest guest, or no longer."""
        guests.allow(self.case, guests.of_case(self.case_id)[-1].id, self.party(key).id, said, self.now)


def _refused(do: Callable[[], object]) -> None:
    """What the product does not let happen; it has to leave everything as it was."""
    try:
        do()
    except Refused:
        return
    raise AssertionError("this was not refused")


def invited(_life: Life) -> None:
    """As it was made."""


def joined(life: Life) -> None:
    invite.join(invite.invite(life.party("B"), life.now).token, life.cast.parent_b, life.now)


def guest_proposed(life: Life) -> None:
    guests.propose(life.case, "Guest", life.cast.guest.email or "", life.now)


def one_yes(life: Life) -> None:
    life.yes("A")


def both_yes(life: Life) -> None:
    life.yes("B")


def everybody_in(life: Life) -> None:
    for deed in (joined, guest_proposed, one_yes, both_yes):
        deed(life)


def running(life: Life) -> None:
    for deed in (everybody_in, accepted, begun):
        deed(life)


def over(life: Life) -> None:
    for deed in (everybody_in, accepted, ended):
        deed(life)


def revised(life: Life) -> None:
    """One accepted, and then there was another version."""
    agree.accept(life.here("A"), life.here().trial.version, life.now)
    propose.revise(life.here(), PLAN, life.cast.mediator.id, life.now)


def lapsed(life: Life) -> None:
    """The first day came without a yes."""
    life.at(3, 17)
    _refused(lambda: agree.accept(life.here("A"), 1, life.now))


def proposed_anew(life: Life) -> None:
    plan = proposed("Next weeks", "parenting", 28, "UTC", {"nights": NIGHTS}, DAY)
    propose.revise(life.here(), plan, life.cast.mediator.id, life.now)


def accepted(life: Life) -> None:
    newest = agree.pending_version(life.here().trial)
    for key in ("A", "B"):
        agree.accept(life.here(key), newest.number if newest else life.here().trial.version, life.now)


def begun(life: Life) -> None:
    life.at(3, 25)


def paused_by_a_party(life: Life) -> None:
    rest.pause(life.here(), life.cast.parent_a.id, life.now)


def paused_by_the_mediator(life: Life) -> None:
    rest.pause(life.here(), life.cast.mediator.id, life.now)


def resumed(life: Life) -> None:
    rest.resume(life.here(), life.now)


def extension_proposed(life: Life) -> None:
    life.at(4, 10)
    rest.extend(life.here(), LONGER, life.cast.mediator.id, life.now)


def extended(life: Life) -> None:
    """It runs on a day on which it would be over."""
    accepted(life)
    life.at(4, 15)


def left(life: Life) -> None:
    rest.leave(life.here("A"), life.now)


def left_for_good(life: Life) -> None:
    _refused(lambda: rest.resume(life.here(), life.now))


def ended(life: Life) -> None:
    life.at(4, 21)


def ended_by_the_mediator(life: Life) -> None:
    rest.end(life.here(), life.cast.mediator.id, life.now)


def ended_for_good(life: Life) -> None:
    """Over is over: what goes on is the next trial."""
    _refused(lambda: rest.extend(life.here(), TOO_LATE, life.cast.mediator.id, life.now))
    _refused(lambda: rest.pause(life.here(), life.cast.mediator.id, life.now))
    _refused(lambda: rest.end(life.here(), life.cast.mediator.id, life.now))


def released(life: Life) -> None:
    release.release(life.here(), life.cast.mediator.id, life.now)


def release_taken_back(life: Life) -> None:
    release.withdraw(life.here(), life.now)


def yes_taken_back(life: Life) -> None:
    life.yes("B", False)


def guest_ended(life: Life) -> None:
    guests.end(life.case, guests.of_case(life.case_id)[-1].id, life.now)


def guest_again(life: Life) -> None:
    for deed in (guest_proposed, one_yes, both_yes):
        deed(life)


def meeting_planned(life: Life) -> None:
    session.arrange(life.here(), session.Arrangement(life.now + timedelta(days=7), "Room 2"))


def memorandum_written(life: Life) -> None:
    memorandum.write(life.here(), "Both go on with the plan.", life.cast.mediator.id, life.now)


def mediator_left(life: Life) -> None:
    programme, mediator = life.cast.programme.id, life.cast.mediator.id
    (task,) = [one for one, person in memberships.people_of(programme) if person.id == mediator]
    memberships.end(programme, task.id, life.now)


def mediator_is_back(life: Life) -> None:
    memberships.add(life.cast.programme, life.cast.mediator, "mediator", life.now)


def closed(life: Life) -> None:
    close.close(life.case_id, life.now)


def reopened(life: Life) -> None:
    close.reopen(life.case_id, life.now)


def purged(life: Life) -> None:
    closed(life)
    purge(life.case_id, life.now + timedelta(days=91))
