"""Whatever is wrong with a plan is refused, naming its place; whatever JSON comes in, nothing raises."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.documents import SAMPLE
from tracker.plans.check import check_plan

GONE = object()
NIGHTS = "schedule.nights"

# (way to the value, what is put there, the place that the problem names, words of its message)
BROKEN: list[tuple[tuple[str | int, ...], object, str, str]] = [
    (("title",), GONE, "title", "is missing"),
    (("title",), "", "title", "must not be empty"),
    (("title",), 7, "title", "must be a text, not 7"),
    (("title",), "x" * 121, "title", "is longer than 120 characters"),
    (("title",), "a\0b", "title", "has a NUL"),
    (("title",), "a\ud800b", "title", "half a surrogate pair"),
    (("colour",), "red", "colour", "is not known here"),
    (("plan",), "chess", "plan", "'chess' is not one of parenting, noise, repairs, documents, open"),
    (("starts_on",), "2026-3-2", "starts_on", "is not a date YYYY-MM-DD"),
    (("starts_on",), "20260302", "starts_on", "is not a date YYYY-MM-DD"),
    (("starts_on",), "2026-02-30", "starts_on", "is not a date YYYY-MM-DD"),
    (("starts_on",), "٢٠٢٦-03-02", "starts_on", "is not a date YYYY-MM-DD"),
    (("starts_on",), "9999-12-01", "starts_on", "too near to an end of the calendar"),
    (("days",), 6, "days", "6 is not a whole number from 7 to 182"),
    (("days",), 183, "days", "183 is not a whole number from 7 to 182"),
    (("days",), 28.0, "days", "28.0 is not a whole number"),
    (("days",), True, "days", "true is not a whole number"),
    (("days",), "28", "days", "'28' is not a whole number"),
    (("timezone",), "Mars/Olympus", "timezone", "'Mars/Olympus' is not a time zone"),
    (("timezone",), "../etc/passwd", "timezone", "is not a time zone"),
    (("sharing",), "public", "sharing", "'public' is not one of private, open"),
    (("parties",), {}, "parties", "must be a list, not an object"),
    (("parties", 1), GONE, "parties", "has 1, must have exactly 2"),
    (("parties", 1, "key"), "A", "parties[1].key", "'A' is there twice"),
    (("parties", 1, "key"), "other", "parties[1].key", "'other' is taken"),
    (("parties", 1, "key"), "", "parties[1].key", "must not be empty"),
    (("parties", 1, "key"), "k" * 41, "parties[1].key", "is longer than 40 characters"),
    (("parties", 0, "name"), "", "parties[0].name", "must not be empty"),
    (("parties", 0, "name"), "n" * 81, "parties[0].name", "is longer than 80 characters"),
    (("parties", 0, "timezone"), "Nowhere", "parties[0].timezone", "is not a time zone"),
    (("parties", 0, "timezone"), GONE, "parties[0].timezone", "is missing"),
    (("parties", 0, "email"), "a@b", "parties[0].email", "is not known here"),
    (("parties", 0), "A", "parties[0]", "must be an object, not 'A'"),
    (("terms",), [], "terms", "has 0, must have 1 to 5"),
    (("terms",), [{"key": str(n), "text": "t"} for n in range(6)], "terms", "has 6, must have 1 to 5"),
    (("terms", 1, "key"), "bedtime", "terms[1].key", "'bedtime' is there twice"),
    (("terms", 0, "text"), "", "terms[0].text", "must not be empty"),
    (("terms", 0, "text"), GONE, "terms[0].text", "is missing"),
    (("terms", 0, "text"), "t" * 201, "terms[0].text", "is longer than 200 characters"),
    (("terms", 0, "sign"), None, "terms[0].sign", "must be a text, not null"),
    (("schedule",), None, "schedule", "must be an object, not null"),
    (("schedule", "holidays"), [], "schedule.holidays", "is not known here"),
    (("schedule", "nights"), [], NIGHTS, "must be an object, not a list"),
    (("schedule", "nights", "pattern"), "5-2", f"{NIGHTS}.pattern", "'5-2' is not one of alternating-weeks, 2-2-3"),
    (("schedule", "nights", "pattern"), "custom", f"{NIGHTS}.nights_string", "is missing"),
    (("schedule", "nights", "nights_string"), "AB", f"{NIGHTS}.nights_string", "goes with the pattern 'custom' only"),
    (("schedule", "nights", "nights_string"), "ABC", f"{NIGHTS}.nights_string", "is not 1 to 28 letters A and B"),
    (("schedule", "nights", "anchor"), "Monday", f"{NIGHTS}.anchor", "'Monday' is not a date YYYY-MM-DD"),
    (("schedule", "nights", "A"), "C", f"{NIGHTS}.A", "'C' is not one of A, B"),
    (("schedule", "nights", "B"), "A", f"{NIGHTS}.B", "is the same party as A"),
    (("schedule", "nights", "B"), GONE, f"{NIGHTS}.B", "is missing"),
    (("schedule", "nights", "handoff_at"), "24:00", f"{NIGHTS}.handoff_at", "'24:00' is not a time HH:MM"),
    (("schedule", "nights", "handoff_at"), "9:30", f"{NIGHTS}.handoff_at", "is not a time HH:MM"),
    (("schedule", "nights", "handoff_at"), "17:30:00", f"{NIGHTS}.handoff_at", "is not a time HH:MM"),
    (("schedule", "nights", "place"), 3, f"{NIGHTS}.place", "must be a text"),
    (("schedule", "nights", "tolerance_minutes"), 121, f"{NIGHTS}.tolerance_minutes", "from 0 to 120"),
    (("schedule", "nights", "tolerance_minutes"), False, f"{NIGHTS}.tolerance_minutes", "false is not a whole number"),
    (("schedule", "nights", "first_day"), 0, f"{NIGHTS}.first_day", "must be true or false, not 0"),
    (("schedule", "nights", "swap"), 0, f"{NIGHTS}.swap", "is not known here"),
    (("schedule", "nights", "changes", 0, "day"), "2026-03-30", f"{NIGHTS}.changes[0].day", "is not in the trial"),
    (("schedule", "nights", "changes", 0, "day"), "2026-03-01", f"{NIGHTS}.changes[0].day", "is not in the trial"),
    (("schedule", "nights", "changes", 0, "with"), "other", f"{NIGHTS}.changes[0].with", "'other' is not one of A, B"),
    (("schedule", "nights", "changes", 0, "with"), GONE, f"{NIGHTS}.changes[0].with", "is missing"),
    (
        ("schedule", "nights", "changes"),
        [{"day": "2026-03-14", "with": "A"}, {"day": "2026-03-14", "with": "B"}],
        f"{NIGHTS}.changes[1].day",
        "'2026-03-14' is there twice",
    ),
    (("schedule", "quiet_hours", "monday"), ["22:00", "07:00"], "schedule.quiet_hours.monday", "is not known here"),
    (("schedule", "quiet_hours", "mon"), ["22:00"], "schedule.quiet_hours.mon", "has 1, must have exactly 2"),
    (("schedule", "quiet_hours", "mon"), ["22:00", "22:00"], "schedule.quiet_hours.mon", "at the same time"),
    (("schedule", "quiet_hours", "mon", 1), "7", "schedule.quiet_hours.mon[1]", "'7' is not a time HH:MM"),
    (("schedule", "milestones", 0, "due"), "soon", "schedule.milestones[0].due", "is not a date"),
    (("schedule", "milestones", 0, "text"), "", "schedule.milestones[0].text", "must not be empty"),
    (("schedule", "milestones", 0, "key"), GONE, "schedule.milestones[0].key", "is missing"),
    (
        ("schedule", "milestones"),
        [{"key": "a", "text": "t", "due": "2026-03-12"}] * 2,
        "schedule.milestones[1].key",
        "'a' is there twice",
    ),
    (("schedule", "two\nlines"), 1, r"schedule['two\nlines']", "is not known here"),
]


def broken(way: tuple[str | int, ...], value: object) -> dict[str, Any]:
    document: Any = copy.deepcopy(SAMPLE)
    inner = document
    for step in way[:-1]:
        inner = inner[step]
    if value is GONE:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return document  # type: ignore[no-any-return]  # JSON


def test_the_sample_is_a_plan_and_the_rest_of_its_file_is_not_looked_at() -> None:
    assert check_plan(SAMPLE) == []
    assert check_plan({"format": 3, **SAMPLE, "observations": None}) == []


@pytest.mark.parametrize(("way", "value", "place", "words"), BROKEN)
def test_each_break_is_named_with_its_place(way: tuple[str | int, ...], value: object, place: str, words: str) -> None:
    problems = check_plan(broken(way, value))
    named = [problem for problem in problems if problem.place == place]
    assert named, [str(problem) for problem in problems]
    assert any(words in problem.message for problem in named), named[0].message
    for problem in problems:
        assert str(problem).isprintable()


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-29"])
def test_the_first_and_the_last_day_may_be_changed(day: str) -> None:
    assert check_plan(broken(("schedule", "nights", "changes", 0, "day"), day)) == []


def test_all_problems_are_told_at_once() -> None:
    document = broken(("title",), "")
    document["days"] = 1
    document["schedule"]["nights"]["handoff_at"] = "late"
    assert [problem.place for problem in check_plan(document)] == ["title", "days", "schedule.nights.handoff_at"]


def test_one_mistake_in_the_parties_is_not_blamed_on_the_nights() -> None:
    assert [one.place for one in check_plan(broken(("parties", 0, "key"), ""))] == ["parties[0].key"]


def test_a_number_too_long_to_be_written_out() -> None:
    [problem] = check_plan(broken(("days",), 10**5000))
    assert str(problem) == "days: a very large number is not a whole number from 7 to 182"


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**30)
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["2026-03-02", "17:30", "A", "custom"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def ways(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if not isinstance(value, dict | list):
        return [way]
    items: Any = value.items() if isinstance(value, dict) else enumerate(value)
    return [way] * bool(way) + [deeper for key, inner in items for deeper in ways(inner, (*way, key))]


@given(st.sampled_from(ways(SAMPLE)), anything)
def test_nothing_raises_whatever_stands_anywhere(way: tuple[str | int, ...], value: object) -> None:
    for problem in check_plan(broken(way, value)):
        assert str(problem).isprintable()


@given(anything)
def test_nothing_raises_whatever_comes_in(value: Any) -> None:
    assert check_plan(value)
