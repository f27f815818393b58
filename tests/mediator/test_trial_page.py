"""A trial at the mediator's desk: both accounts, corrections, safety messages, and what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.mediator.keeping import fill, note, rated
from tests.visitor import Visitor
from tracker.crypto import Keyring
from tracker.db import db
from tracker.trials import agree, changes, find, rest, safety

Visit = Callable[..., Visitor]
MONDAY = date(2026, 3, 9)


def _url(trial: object) -> str:
    return f"/caseload/{trial.id}"  # type: ignore[attr-defined]  # a trial


def test_both_accounts_stand_side_by_side_by_day(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, answers=rated() | {"night": "B", "child": 4})
    note(cast, cast.parent_b, cast.parenting, MONDAY, answers=rated("partly", "not_kept", "not_today"))
    note(cast, cast.parent_b, cast.parenting, MONDAY, kind="handoff", answers={"outcome": "late", "minutes_late": 25})
    page = visit(cast.mediator).get(_url(cast.parenting))
    for words in (
        "Day 9 of 28", "Monday 9 Mar", "The day · written 20:40", "Handoff 17:30 to Parent B, School gate",
        "All 3 terms as planned",
        "Night with Parent B", "The child's day: Good", "Lights out by 20:30 on school nights: partly",
        "Homework done before the handoff: not as planned", "A call with the other parent at 19:00: didn't come up",
        "Late", "25 minutes late",
    ):  # fmt: skip  # read in rows, as it is laid out
        assert page.has(words), words
    assert not page.has("March")
    days = [e.get("id") for e in page.all("section") if (e.get("id") or "").startswith("day-")]
    assert days[0] == "day-2026-03-10"  # the newest first
    assert len(days) == 9


def test_a_correction_stands_with_what_was_said_before(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, answers=rated("not_kept"), text="Still awake at nine.")
    late = datetime(2026, 3, 10, 12, tzinfo=UTC)
    note(cast, cast.parent_a, cast.parenting, MONDAY, answers=rated("kept"), text="It was the day before.", at=late)
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("1 earlier version")
    assert page.text.index("It was the day before.") < page.text.index("Still awake at nine.")


def test_a_noise_that_was_corrected_counts_once_wherever_its_day_lies(cast: Cast, visit: Visit) -> None:
    def noise(start: str, end: str) -> dict[str, object]:
        said = {"type": "furniture", "room": "living_room", "level": 6}
        return said | {"start": f"2026-03-{start}:00+01:00", "end": f"2026-03-{end}:00+01:00"}

    at = datetime(2026, 3, 9, 8, tzinfo=UTC)
    first = note(
        cast, cast.downstairs, cast.noise, date(2026, 3, 8), kind="noise",
        answers=noise("08T23:10", "08T23:50"), at=at,
    )  # fmt: skip  # read in rows, as it is laid out
    note(
        cast, cast.downstairs, cast.noise, date(2026, 3, 7), kind="noise",
        answers=noise("07T23:10", "07T23:50"), at=datetime(2026, 3, 9, 9, tzinfo=UTC), corrects=first,
    )  # fmt: skip  # read in rows, as it is laid out
    page = visit(cast.mediator).get(_url(cast.noise))
    assert page.text.count("23:10 to 23:50") == 2
    assert page.text.count("1 earlier version") == 1
    assert page.has("Noise · written Mon 9 Mar, 10:00")
    assert page.has("Furniture · Living room")
    section = next(e for e in page.all("section") if e.get("id") == "day-2026-03-08")
    assert "23:10" not in "".join(section.itertext())


def test_what_came_late_says_how_late(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, at=datetime(2026, 3, 10, 16, tzinfo=UTC))  # noon in New York
    note(cast, cast.parent_b, cast.parenting, date(2026, 3, 5), at=datetime(2026, 3, 10, 17, tzinfo=UTC))
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("added 12 hours later")
    assert page.has("a recollection 4 days later")


def test_what_arrived_later_than_its_device_says_shows_both_times(cast: Cast, visit: Visit) -> None:
    evening, noon = datetime(2026, 3, 9, 21, tzinfo=UTC), datetime(2026, 3, 10, 16, tzinfo=UTC)
    note(cast, cast.parent_a, cast.parenting, MONDAY, at=evening, received=noon - timedelta(seconds=1))
    assert not visit(cast.mediator).get(_url(cast.parenting)).has("It arrived on"), "by noon it is on time"
    note(cast, cast.parent_b, cast.parenting, MONDAY, at=evening, received=noon + timedelta(hours=1))
    assert visit(cast.mediator).get(_url(cast.parenting)).has("It arrived on Tue 10 Mar, 13:00.")


def test_what_came_with_a_file_did_not_arrive_late(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, received=NOW + timedelta(days=3))
    cast.parenting.created_at = NOW
    db.session.commit()
    assert not visit(cast.mediator).get(_url(cast.parenting)).has("It arrived on")


def test_only_the_latest_week_is_unfolded(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY)
    page = visit(cast.mediator).get(_url(cast.parenting))
    weeks = [one for one in page.all("details") if any((e.get("id") or "").startswith("day-") for e in one.iter())]
    assert [one.get("open") is not None for one in weeks] == [True, False]
    assert page.has("Week 2: Mon 9 Mar to Tue 10 Mar")
    assert page.has("Week 1: Mon 2 Mar to Sun 8 Mar")


def test_a_week_of_one_day_is_that_day(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    travel(datetime(2026, 3, 9, 18, 0, tzinfo=UTC))
    note(cast, cast.parent_a, cast.parenting, date(2026, 3, 8))
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Week 2: Mon 9 Mar")
    assert not page.has("Mon 9 Mar to")


def test_a_note_for_oneself_never_leaves_the_database(
    cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for audience in ("me", "mediator", "summary"):
        text = f"Words for {audience}."
        note(
            cast,
            cast.parent_a,
            cast.parenting,
            MONDAY,
            text=text,
            audience=audience,
            kind="moment",
            answers={"at": "2026-03-09T12:00:00-04:00"},
        )
    read: list[str] = []
    original = Keyring.decrypt

    def spy(self: Keyring, stored: bytes) -> str:
        read.append(original(self, stored))
        return read[-1]

    monkeypatch.setattr(Keyring, "decrypt", spy)
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("Words for mediator.")
    assert page.has("Words for summary.")
    assert "Words for mediator." in read
    assert "Words for me." not in read
    assert not page.has("Words for me.")


def test_a_safety_message_is_shown_until_it_was_seen(cast: Cast, visit: Visit) -> None:
    message = safety.feels_unsafe(cast.here(cast.parent_b, cast.parenting), "Shouting at the gate.", NOW)
    browser = visit(cast.mediator)
    page = browser.get(_url(cast.parenting))
    assert page.has("Parent B does not feel safe with this trial")
    assert page.has("Only you see this.")
    browser.submit(page, f"/safety-messages/{message.id}/seen")
    page = browser.get(_url(cast.parenting))
    assert not page.has("Mark as seen ")
    assert page.has("Shouting at the gate.")  # it stays in what happened
    visit(cast.mediator).post(f"{_url(cast.noise)}/safety-messages/{message.id}/seen", {}, 404)


def test_what_happened_is_told_newest_first(cast: Cast, visit: Visit) -> None:
    agree_first = cast.here(cast.parent_a, cast.parenting)
    change = changes.propose(agree_first, date(2026, 3, 14), "A", NOW)
    changes.answer(cast.here(cast.parent_b, cast.parenting), change.id, "declined", NOW)
    rest.pause(cast.here(cast.parent_b, cast.parenting), cast.parent_b.id, NOW)
    page = visit(cast.mediator).get(_url(cast.parenting))
    for words in (
        "Version 1 of the plan was proposed: 28 days", "Parent A accepted version 1",
        "Parent A proposed: the night of Sat 14 Mar with Parent A , declined", "Parent B paused the trial",
    ):  # fmt: skip  # read in rows, as it is laid out
        assert page.has(words.replace(" ,", ",")), words
    assert page.text.index("paused the trial") < page.text.index("accepted version 1")


def test_before_the_first_entry_and_before_the_first_day_there_is_no_table(cast: Cast, visit: Visit) -> None:
    assert visit(cast.mediator).get(_url(cast.parenting)).has("No entries yet")


def test_a_request_for_a_change_is_read_beside_the_acceptances(cast: Cast, visit: Visit) -> None:
    here = find.by_id(cast.parenting.id)
    assert here is not None
    rest.extend(here, date(2026, 4, 12), cast.mediator.id, NOW)
    agree.ask_for_change(cast.here(cast.parent_b, cast.parenting), 2, "Two weeks are enough.", NOW)
    page = visit(cast.mediator).get(_url(cast.parenting))
    assert page.has("The extension")
    assert page.has("Parent B asked for a change on Tue 10 Mar, 14:00")
    assert page.has("Two weeks are enough.")


def test_a_full_trial_stays_within_its_queries(cast: Cast, visit: Visit) -> None:
    fill(cast.parenting, 9, each=6, text="A note of the usual length, about how the evening went and who was there.")
    fill(cast.noise, 17, each=40)
    page = visit(cast.mediator).get(_url(cast.parenting))  # the visitor counts
    assert page.text.count("5 earlier versions") == 18
