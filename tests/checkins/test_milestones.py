"""The rarer check-ins: the first day, the middle, the last, the return session, and the one gentle message. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.checkins.due import Asked, Situation, Wish, due, next_look, still_wanted
from tracker.trials.state import Facts

ZONE = ZoneInfo("America/New_York")
FIRST = date(2026, 6, 1)
FACTS = Facts(FIRST, 28, "America/New_York", True, None, None, None)
S = Situation(FACTS, Wish(time(20, 30), ZONE))
DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def kinds(s: Situation, now: datetime) -> list[str]:
    return sorted(prompt.kind for prompt in due(s, now))


def missed(days: int, s: Situation = S) -> Situation:
    """The first so many evenings were asked for, and nothing was noted."""
    asked = {("evening", FIRST + n * DAY): Asked(FIRST + n * DAY, at(FIRST + n * DAY, 20, 30)) for n in range(days)}
    return replace(s, asked=asked)


def test_the_first_and_the_last_day() -> None:
    assert kinds(S, at(FIRST - DAY, 20, 29)) == []
    assert kinds(S, at(FIRST - DAY, 20, 30)) == ["starts_tomorrow"]
    assert kinds(S, at(FIRST, 8)) == ["starts_today"]
    assert kinds(S, at(FACTS.last_day, 8)) == ["ends_today", "evening"]  # yesterday's, which nobody was asked for
    assert kinds(S, at(FACTS.last_day + DAY, 8)) == []


def test_half_way_goes_out_once_for_the_mediator() -> None:
    middle = at(FIRST + 14 * DAY, 9)
    assert "half_way" not in kinds(S, middle)
    silent = replace(S, first=True, wish=Wish(time(20, 30), ZONE, wanted=False))
    assert kinds(silent, middle) == ["half_way"]  # also where the party wants no reminders
    assert next_look(silent, at(FIRST + 13 * DAY, 9)) == middle


def test_the_return_session_also_after_the_end() -> None:
    held = at(FACTS.last_day + 10 * DAY, 16)
    s = replace(S, session_at=held)
    assert kinds(s, at(FACTS.last_day + 3 * DAY, 9)) == ["return_in_a_week"]
    assert kinds(s, at(FACTS.last_day + 9 * DAY, 9)) == ["return_tomorrow"]
    assert kinds(replace(s, left=True), at(FACTS.last_day + 9 * DAY, 9)) == []
    assert next_look(s, at(FACTS.last_day + 8 * DAY, 12)) == at(FACTS.last_day + 9 * DAY, 9)
    assert next_look(s, held) is None
    moved = replace(s, session_at=held + 3 * DAY)
    assert not still_wanted(moved, "return_tomorrow", FACTS.last_day + 9 * DAY, FIRST, at(FACTS.last_day + 9 * DAY, 9))


def test_one_gentle_message_after_three_missed_days_in_place_of_the_second_one() -> None:
    assert kinds(missed(3), at(FIRST + 2 * DAY, 21, 30)) == ["follow_up"]
    s = missed(4)
    assert kinds(s, at(FIRST + 3 * DAY, 21, 30)) == ["gentle"]
    s = missed(5)
    s = replace(s, asked={**s.asked, ("gentle", FIRST + 3 * DAY): Asked(FIRST + 3 * DAY, at(FIRST + 3 * DAY, 21, 30))})
    assert kinds(s, at(FIRST + 4 * DAY, 21, 30)) == []  # and quiet until something is noted
    spoken = replace(s, said=frozenset({("day", FIRST + 3 * DAY)}))
    assert kinds(spoken, at(FIRST + 4 * DAY, 21, 30)) == ["follow_up"]


def test_three_missed_days_with_others_between_that_were_noted_before_their_prompt_are_not_in_a_row() -> None:
    """A day that is noted before its prompt is never asked for: only what was said tells that it was not missed."""
    apart = [FIRST, FIRST + 8 * DAY, FIRST + 16 * DAY]
    early = [FIRST + n * DAY for n in range(17) if FIRST + n * DAY not in apart]
    today = FIRST + 17 * DAY
    asked = {("evening", day): Asked(day, at(day, 20, 30)) for day in (*apart, today)}
    s = replace(S, asked=asked, said=frozenset(("day", day) for day in early))
    assert kinds(s, at(today, 21, 30)) == ["follow_up"]
    one_early = replace(S, asked=asked, said=frozenset({("day", FIRST + 3 * DAY)}))
    assert kinds(one_early, at(today, 21, 30)) == ["follow_up"]
    before_them = replace(missed(5), said=frozenset({("day", FIRST)}))
    assert kinds(before_them, at(FIRST + 4 * DAY, 21, 30)) == ["gentle"]
    handoff = replace(missed(4), said=frozenset({("handoff", FIRST + DAY)}))
    assert kinds(handoff, at(FIRST + 3 * DAY, 21, 30)) == ["gentle"]  # another kind answers no day


def test_on_chosen_weekdays_a_row_goes_on_over_the_days_between() -> None:
    """1 June is a Monday: Wednesday, Friday and Monday were missed, nobody asked in between."""
    days = [FIRST + n * DAY for n in (2, 4, 7, 9)]
    asked = {("evening", day): Asked(day, at(day, 20, 30)) for day in days}
    s = replace(S, wish=replace(S.wish, days=frozenset({1, 3, 5})), asked=asked)
    assert kinds(s, at(days[-1], 21, 30)) == ["gentle"]


def test_who_is_asked_every_third_day_hears_nothing_gentle() -> None:
    s = replace(missed(4), wish=replace(S.wish, every=3))
    assert kinds(s, at(FIRST + 3 * DAY, 21, 30)) == ["follow_up"]


def test_a_party_far_from_the_trial_is_asked_about_a_day_that_has_begun() -> None:
    tokyo = replace(S, wish=Wish(time(8), ZoneInfo("Asia/Tokyo")))
    (prompt,) = due(tokyo, datetime(2026, 6, 2, 23, 0, tzinfo=UTC))  # 3 June, 8:00 in Tokyo; 2 June, 19:00 in New York
    assert (prompt.day, prompt.about) == (date(2026, 6, 3), date(2026, 6, 2))
    honolulu = replace(S, wish=Wish(time(20, 30), ZoneInfo("Pacific/Honolulu")))
    last = datetime(2026, 6, 29, 6, 30, tzinfo=UTC)  # 28 June there, already 29 June in New York
    assert [one.about for one in due(honolulu, last) if one.kind == "evening"] == [FACTS.last_day]


def test_nothing_before_everybody_accepted_while_paused_or_after_an_early_end() -> None:
    evening = at(FIRST + DAY, 20, 30)
    for change in (
        {"all_accepted": False},
        {"paused_at": evening - DAY},
        {"left_at": evening - DAY},
        {"ended_on": FIRST + DAY},
    ):
        s = replace(S, facts=replace(FACTS, **change))
        assert kinds(s, evening) == [], change
        assert not still_wanted(s, "evening", FIRST + DAY, FIRST + DAY, evening)
