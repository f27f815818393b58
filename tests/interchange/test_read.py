"""What reading accepts and what it makes of it, a sentence of the format at a time."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from tests.interchange.whole import whole
from tests.strategies import NOW
from tracker.interchange.document import FileParty, TrialFile, plan_part, trial_file
from tracker.interchange.read import read_trial
from tracker.interchange.write import write_trial


def read(document: dict[str, Any], now: datetime = NOW) -> TrialFile:
    trial, problems = read_trial(json.dumps(document), now)
    assert problems == []
    assert trial is not None
    return trial


def problems_of(document: dict[str, Any], now: datetime = NOW) -> list[str]:
    return [str(problem) for problem in read_trial(json.dumps(document), now)[1]]


def with_first(**changed: Any) -> dict[str, Any]:
    """The whole file with its first observation changed."""
    document = whole()
    document["observations"][0] |= changed
    return document


def test_a_file_becomes_a_trial() -> None:
    trial = read(whole())
    assert (trial.title, trial.sharing) == ("School weeks", "private")
    assert trial.parties[1] == FileParty("B", "Parent B", "America/Chicago")
    assert (trial.outline.template, trial.outline.parties) == ("noise", ("A", "B"))
    first = trial.entries[0]
    assert (first.id, first.party, first.kind, first.day) == (UUID(int=1), "A", "day", date(2026, 3, 2))
    assert first.recorded_at == datetime(2026, 3, 3, 2, 4, tzinfo=UTC)
    assert first.recorded_at.utcoffset() == timedelta(hours=-5)  # the device's own offset is kept
    assert first.answers == {"terms": {"bedtime": "kept"}, "night": "A", "child": 4, "rest": 3}
    assert (first.note, first.audience) == ("Asleep at eight.", "summary")


def test_text_and_bytes_say_the_same() -> None:
    text = json.dumps(whole(), ensure_ascii=False)
    assert read_trial(text, NOW) == read_trial(text.encode(), NOW)


def test_a_note_is_empty_and_its_audience_the_mediator_unless_it_is_said() -> None:
    handoff = read(whole()).entries[1]
    assert (handoff.note, handoff.audience) == ("", "mediator")


def test_the_line_of_a_problem_is_the_one_of_the_format() -> None:
    wrong = with_first(answers={"terms": {"bedtime": "okay"}})
    assert problems_of(wrong) == [
        "observations[0].answers.terms.bedtime: 'okay' is not one of kept, partly, not_kept, not_today"
    ]


def test_the_same_observation_again_is_there_once() -> None:
    document = whole()
    document["observations"].append({**document["observations"][0], "recorded_at": "2026-03-03T02:04:00Z"})
    assert read(document) == read(whole())


def test_a_note_of_2000_characters_fits() -> None:
    assert len(read(with_first(note="🌙" * 2000)).entries[0].note) == 2000


@pytest.mark.parametrize(
    ("now", "problems"),
    [
        # New York's midnight between 9 and 10 March 2026 is 04:00 in UTC: its summer time began on 8 March.
        (datetime(2026, 3, 10, 3, 59, tzinfo=UTC), ["observations[0].day: 2026-03-10 is in the future"]),
        (datetime(2026, 3, 10, 4, 0, tzinfo=UTC), []),
        (datetime(2026, 3, 10, 13, 0, tzinfo=timezone(timedelta(hours=9))), []),
    ],
)
def test_today_is_that_of_the_trials_zone(now: datetime, problems: list[str]) -> None:
    assert problems_of(with_first(day="2026-03-10", recorded_at="2026-03-10T12:00:00Z"), now) == problems


@pytest.mark.parametrize(
    ("recorded_at", "fine"),
    [
        ("2026-03-08T00:00:00-05:00", True),
        ("2026-03-08T05:00:00Z", True),  # the same instant
        ("2026-03-07T23:59:59.999999-05:00", False),
        ("2026-03-08T10:59:00+06:00", False),  # 8 March on the device, and still 7 March in the trial
        ("2027-01-01T00:00:00Z", True),  # a recollection; when it was recorded may be any time after
    ],
)
def test_nothing_is_recorded_before_its_day_begins(recorded_at: str, fine: bool) -> None:
    problems = problems_of(with_first(day="2026-03-08", recorded_at=recorded_at))
    assert [problem.split(":")[0] for problem in problems] == ([] if fine else ["observations[0].recorded_at"])


@pytest.mark.parametrize(
    "recorded_at", ["2026-03-02T21:04Z", "2026-03-02T21:04:00.5+05:45", "2026-03-02T21:04:00-00:00"]
)
def test_an_instant_comes_out_in_the_words_it_came_in(recorded_at: str) -> None:
    document = with_first(recorded_at=recorded_at, id="018F3A5E-7B1C-7CC2-9D1E-0242AC120002", note="")
    del document["observations"][0]["audience"]
    written = json.loads(write_trial(read(document)))["observations"]
    assert document["observations"][0] in written


def test_without_its_words_an_observation_comes_out_in_the_canonical_ones() -> None:
    """As one that the app recorded does: from the instant, the device's offset, and the values."""
    raw = with_first(recorded_at="2026-03-03T02:04Z", note="")
    entry = read(raw).entries[0]
    assert entry.written == {"words": {"recorded_at": "2026-03-03T02:04Z", "note": ""}}
    plain = type(entry)(entry.id, "A", "day", entry.day, entry.recorded_at, entry.answers)
    assert plain != entry  # the audience is another
    plan = {key: value for key, value in raw.items() if key not in ("format", "observations")}
    assert json.loads(write_trial(trial_file(plan, [plain])))["observations"] == [
        {
            "id": str(UUID(int=1)), "party": "A", "kind": "day", "day": "2026-03-02",
            "recorded_at": "2026-03-03T02:04:00+00:00", "answers": entry.answers, "audience": "mediator",
        }
    ]  # fmt: skip  # read in rows, as it is laid out


def test_a_stored_trial_has_the_part_before_the_observations() -> None:
    raw, trial = whole(), read(whole())
    part = plan_part(
        title="School weeks", sharing="private", template="noise", days=(date(2026, 3, 2), 28),
        timezone="America/New_York", parties=trial.parties, terms=raw["terms"], schedule=raw["schedule"],
    )  # fmt: skip  # read in rows, as it is laid out
    assert trial_file(part, trial.entries) == trial


def test_a_file_in_canonical_form_comes_out_byte_for_byte() -> None:
    document = whole()
    document["observations"].sort(key=lambda each: (each["recorded_at"], each["id"]))
    for observation in document["observations"]:
        observation.setdefault("audience", "mediator")
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    assert write_trial(read(document)) == text
    assert all(entry.written is None for entry in read(document).entries)


def test_equal_instants_come_in_the_order_of_their_ids() -> None:
    document = whole()
    for n, observation in enumerate(document["observations"]):
        observation["id"] = str(UUID(int=9 - n))
        observation["recorded_at"] = f"2026-03-09T{12 + n}:00:00+0{n}:00"  # one instant in five zones
    ids = [each["id"] for each in json.loads(write_trial(read(document)))["observations"]]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5


def test_problems_are_one_line_each() -> None:
    found = read_trial(json.dumps(with_first(kind="a\nb", **{"x\ny": 1})), NOW)[1]
    assert len(found) == 2
    assert all("\n" not in str(problem) for problem in found)


@pytest.mark.parametrize("key", ["two\nlines", "\u202eturned round", "café"])
def test_a_problem_is_one_line_whatever_keys_the_file_made_up(key: str) -> None:
    """What is allowed is listed, and a party's or a milestone's key is any text."""
    document = whole()
    document["parties"][0]["key"] = key
    lines = problems_of(document)
    assert lines
    assert all(line.isprintable() and line.isascii() for line in lines)
