"""`tracker export`: what happened in the app since is in the file, and the figures of the file are those of the app."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask

from tests.cast import Cast
from tests.cli.command import exported, imported, saved, tracker
from tests.conftest import NOW
from tracker.observations.record import record
from tracker.plans.entry import Entry
from tracker.trials import changes

BERLIN = ZoneInfo("Europe/Berlin")


def entry(n: int, party: str, kind: str, answers: dict[str, Any], at: datetime, note: str = "") -> Entry:
    return Entry(UUID(int=n), party, kind, at.date(), at, answers, note, "me" if note else "mediator")


def noise(start: datetime, minutes: int) -> dict[str, Any]:
    return {"start": start.isoformat(), "end": (start + timedelta(minutes=minutes)).isoformat(), "level": 5}


def test_an_accepted_change_is_part_of_the_schedule(cast: Cast) -> None:
    a, b = cast.here(cast.parent_a, cast.parenting), cast.here(cast.parent_b, cast.parenting)
    changes.answer(b, changes.propose(a, date(2026, 3, 14), "A", NOW).id, "accepted", NOW)
    changes.propose(a, date(2026, 3, 15), "A", NOW)
    document = json.loads(exported(str(cast.parenting.id)))
    assert document["schedule"]["nights"]["changes"] == [{"day": "2026-03-14", "with": "A"}]
    assert list(document["schedule"]["nights"])[-1] == "changes"


def test_what_was_corrected_is_left_out_and_the_figures_stay(cast: Cast, tmp_path: Path) -> None:
    start = datetime(2026, 3, 8, 20, 0, tzinfo=BERLIN)
    here = cast.here(cast.downstairs, cast.noise)
    record(here, entry(1, "D", "noise", noise(start, 60), start + timedelta(hours=1)), NOW)
    record(here, entry(2, "D", "noise", noise(start, 30), start + timedelta(hours=2)), NOW, corrects=UUID(int=1))
    trial = str(cast.noise.id)
    document = json.loads(exported(trial))
    assert [observation["id"] for observation in document["observations"]] == [str(UUID(int=2))]
    summary = tracker("summary", trial, "--json").out
    assert json.loads(summary)["noise"]["D"]["minutes"] == 30
    assert tracker("summary", saved(tmp_path, document), "--json").out == summary


def test_earlier_answers_of_a_day_are_its_history_and_stay(cast: Cast) -> None:
    here = cast.here(cast.upstairs, cast.noise)
    evening = datetime(2026, 3, 8, 21, 0, tzinfo=BERLIN)
    for n, rating in enumerate(("kept", "not_kept")):
        at = evening + timedelta(hours=n)
        record(here, entry(n + 1, "U", "day", {"terms": {"call": rating}}, at, "Only for me."), NOW)
    observations = json.loads(exported(str(cast.noise.id)))["observations"]
    assert [each["answers"]["terms"]["call"] for each in observations] == ["kept", "not_kept"]
    assert observations[0]["recorded_at"] == "2026-03-08T21:00:00+01:00"
    assert observations[0]["note"] == "Only for me."


def test_what_the_app_holds_can_be_taken_to_another_server(cast: Cast, tmp_path: Path) -> None:
    for trial in (cast.parenting, cast.noise, cast.strangers):
        text = exported(str(trial.id))
        path = tmp_path / "moved.json"
        path.write_text(text, encoding="utf-8")
        assert exported(imported(path, "--programme", "Hillside Mediation")) == text


def test_unknown_trials_are_refused(app: Flask) -> None:
    assert tracker("export", "School weeks").problems == ["'School weeks': is not the id of a trial"]
    nobody = str(UUID(int=1))
    assert tracker("export", nobody).problems == [f"{nobody}: there is no such trial"]
