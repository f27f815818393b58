"""Years of evenings in every time zone: one prompt a day at the chosen local time, through every change of the clocks.

The clock is stepped, never waited for. Now and then the scheduler is away for up to thirty hours: then the newest open
day is asked for when it is back, and older ones are not piled up.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tracker.checkins.due import Asked, Prompt, Situation, Wish, due, next_look
from tracker.plans.zones import local_midnight, to_utc
from tracker.trials.state import Facts

DAY = timedelta(days=1)
LENGTH = 182  # of a trial; one follows the other
NASTY = (
    "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Antarctica/Troll",
    "Asia/Pyongyang", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Cairo", "UTC",
)  # fmt: skip  # read in rows, as it is laid out


def chosen(chance: Random) -> time:
    """A time that is skipped and doubled in many zones, or any other."""
    return chance.choice((time(20, 30), time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(23, 45)))


class Course:
    """One party in one trial, with a scheduler that is sometimes away."""

    def __init__(self, zone: str, starts_on: date, days: int) -> None:
        self.chance = Random(f"{zone}{starts_on}")
        self.zone = ZoneInfo(zone)
        self.facts = Facts(starts_on, days, zone, True, None, None, None)
        self.wish = Wish(chosen(self.chance), self.zone)
        self.evenings: list[tuple[Prompt, datetime]] = []  # with the moment at which it was asked
        self.away: list[tuple[datetime, datetime]] = []

    def live(self) -> None:
        """From the day before the first until nothing can come any more."""
        now: datetime | None = local_midnight(self.facts.starts_on - DAY, self.zone)
        asked: dict[tuple[str, date], Asked] = {}
        said: set[tuple[str, date]] = set()
        while now is not None:
            s = Situation(self.facts, self.wish, said=frozenset(said), asked=asked)
            for prompt in due(s, now):
                assert (prompt.kind, prompt.day) not in asked
                asked[prompt.kind, prompt.day] = Asked(prompt.about, now)
                if prompt.kind == "evening":
                    self.evenings.append((prompt, now))
                    if self.chance.random() < 0.6:
                        said.add(("day", prompt.about))
            oldest = now.date() - 40 * DAY  # as far back as the facts are read
            asked = {key: one for key, one in asked.items() if key[1] >= oldest}
            said = {one for one in said if one[1] >= oldest}
            now = self._next(Situation(self.facts, self.wish, said=frozenset(said), asked=asked), now)

    def _next(self, s: Situation, now: datetime) -> datetime | None:
        following = next_look(s, now)
        assert following is None or following > now
        if following is not None and self.chance.random() < 0.01:
            back = following + timedelta(minutes=self.chance.randint(1, 30 * 60))
            self.away.append((following, back))
            return back
        return following

    def check(self) -> int:
        """One evening prompt for each date that this calendar has, at the chosen time unless nobody was there."""
        first, last = self.facts.starts_on, self.facts.last_day
        days = [first + n * DAY for n in range((last - first).days + 1)]
        at = {day: to_utc(day, self.wish.at, self.zone) for day in days if exists(day, self.zone)}
        asked = {prompt.day: moment for prompt, moment in self.evenings}
        assert len(asked) == len(self.evenings)  # none twice
        assert set(asked) <= set(at)
        for day, planned in at.items():
            back = next((end for start, end in self.away if start <= planned < end), None)
            where = (self.facts.timezone, day, self.wish.at)
            if back is None:
                assert asked.get(day) == planned, where
                continue
            newer = any(day < other and at[other] <= back for other in at)
            over = back >= local_midnight(last + DAY, self.zone)
            assert asked.get(day) == (None if newer or over else back), where
        return len(asked)


def exists(day: date, zone: ZoneInfo) -> bool:
    return local_midnight(day, zone) < local_midnight(day + DAY, zone)


def lived(zone: str, first: date, last: date) -> int:
    """One trial after the other; how many evenings were asked."""
    found, starts_on = 0, first
    while (last - starts_on).days >= 6:
        course = Course(zone, starts_on, min(LENGTH, (last - starts_on).days + 1))
        course.live()
        found += course.check()
        starts_on += LENGTH * DAY
    return found


@pytest.mark.parametrize("zone", NASTY)
def test_a_year_with_every_kind_of_change(zone: str) -> None:
    first = date(2011, 9, 1) if zone == "Pacific/Apia" else date(2018, 3, 1)
    assert lived(zone, first, first + 365 * DAY) >= 340


@pytest.mark.soak
@pytest.mark.parametrize("zone", sorted(available_timezones() - {"localtime", "Factory"}))
def test_ten_years_in_every_zone(zone: str) -> None:
    """2010 to 2020: with Samoa's missing day, Pyongyang's missing half hour at night, and every zone's own changes."""
    assert lived(zone, date(2010, 1, 1), date(2019, 12, 31)) >= 3500


def test_the_day_after_one_that_a_zone_leaves_out_is_asked_in_time() -> None:
    """Tokelau had no 30 December 2011. Where a trial was half way on that date, the day after it is not late for it."""
    zone = ZoneInfo("Pacific/Fakaofo")
    facts = Facts(date(2011, 12, 16), 28, "Pacific/Fakaofo", True, None, None, None)
    s = Situation(facts, Wish(time(2, 0), zone), first=True)
    assert next_look(s, datetime(2011, 12, 29, 23, 0, tzinfo=UTC)) == datetime(2011, 12, 30, 13, 0, tzinfo=UTC)


def test_a_doubled_time_is_its_first_and_a_skipped_one_counts_with_the_offset_before() -> None:
    zone = ZoneInfo("America/New_York")
    facts = Facts(date(2026, 3, 1), 28, "America/New_York", True, None, None, None)
    s = Situation(facts, Wish(time(2, 30), zone))
    (prompt,) = [one for one in due(s, datetime(2026, 3, 8, 8, 0, tzinfo=UTC)) if one.kind == "evening"]
    assert prompt.due_at == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 02:30 at UTC-5, which that night was 03:30
    autumn = Facts(date(2026, 10, 20), 28, "America/New_York", True, None, None, None)
    s = Situation(autumn, Wish(time(1, 30), zone))
    (prompt,) = [one for one in due(s, datetime(2026, 11, 1, 7, 0, tzinfo=UTC)) if one.kind == "evening"]
    assert prompt.due_at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # the first of the two
