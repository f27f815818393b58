"""Who may see what at which moment of a trial's life: what is different from `access_table.py`, and what comes back.

Four lives, each walked from its first moment to its last: one that goes its whole way, in two parts; one that a party
leaves; and one that lapses and ends before it begins. `again` names an earlier moment of the same life: whatever
happened in between, everybody has exactly the access back that they had there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests import life
from tests.access_table import EVERYBODY
from tests.life import Life

Roles = frozenset[str]
NOBODY: Roles = frozenset()
GUEST, B_AND_GUEST, MEDIATOR = frozenset({"guest"}), frozenset({"other_party", "guest"}), frozenset({"mediator"})
ALL = frozenset(EVERYBODY)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was done last; who of the table has no part in the trial then; which pages there are (`PAGES_OF`).

    `idle`: who of the table has no task in the programme any more, so that no other trial is open to them either.
    """

    deed: Callable[[Life], None]
    gone: Roles = NOBODY
    there: str = ""
    again: str = ""
    idle: Roles = NOBODY

    @property
    def name(self) -> str:
        """What was done."""
        return self.deed.__name__


LIVES: dict[str, tuple[Moment, ...]] = {
    "until it is over": (
        Moment(life.invited, B_AND_GUEST),
        Moment(life.joined, GUEST),
        Moment(life.guest_proposed, GUEST),
        Moment(life.one_yes, GUEST, again="guest_proposed"),
        Moment(life.both_yes),
        Moment(life.revised, again="both_yes"),
        Moment(life.accepted, there="kit"),
        Moment(life.begun, there="kit figures day"),
        Moment(life.paused_by_a_party, there="figures day"),
        Moment(life.resumed, again="begun"),
        Moment(life.paused_by_the_mediator, again="paused_by_a_party"),
        Moment(life.resumed, again="begun"),
        Moment(life.extension_proposed, again="begun"),
        Moment(life.extended, again="begun"),
        Moment(life.ended, there="figures day"),
        Moment(life.ended_for_good, again="ended"),
    ),
    "once it is over": (
        Moment(life.over, there="figures day"),
        Moment(life.released, there="figures day release"),
        Moment(life.release_taken_back, again="over"),
        Moment(life.released, again="released"),
        Moment(life.yes_taken_back, GUEST, there="figures day release"),
        Moment(life.both_yes, again="released"),
        Moment(life.guest_ended, again="yes_taken_back"),
        Moment(life.guest_again, again="released"),
        Moment(life.meeting_planned, there="figures day release meeting"),
        Moment(life.memorandum_written, there="figures day release meeting memorandum"),
        Moment(life.mediator_left, MEDIATOR, there="figures day release meeting memorandum", idle=MEDIATOR),
        Moment(life.mediator_is_back, again="memorandum_written"),
        Moment(life.closed, again="memorandum_written"),
        Moment(life.reopened, again="memorandum_written"),
        Moment(life.release_taken_back, there="figures day meeting memorandum"),
        Moment(life.purged, ALL),
    ),
    "a party leaves": (
        Moment(life.running, there="kit figures day"),
        Moment(life.left, there="figures day"),
        Moment(life.left_for_good, again="left"),
        Moment(life.ended_by_the_mediator, there="figures day"),
        Moment(life.released, there="figures day release"),
        Moment(life.purged, ALL),
    ),
    "it lapses": (
        Moment(life.everybody_in),
        Moment(life.lapsed, there="figures"),
        Moment(life.proposed_anew, again="everybody_in"),
        Moment(life.accepted, there="kit"),
        Moment(life.ended_by_the_mediator),
        Moment(life.purged, ALL),
    ),
}  # fmt: skip  # read in rows, as it is laid out
