"""The figures on the page, in the PDF and in `tracker summary --json` are the same, whatever the trial."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.cli.command import tracker as type_it
from tests.conftest import NOW
from tests.documents import reading
from tests.random_observations import Observations
from tests.strategies import plan_parts
from tests.visitor import Visitor
from tracker.cases.model import Case
from tracker.db import db
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]


def worded(plan: dict[str, Any]) -> dict[str, Any]:
    """The same plan with plain words in place of curious ones, so that a reader can tell words from figures."""
    parties = [party | {"name": name} for party, name in zip(plan["parties"], reading.NAMES, strict=True)]
    terms = [{"key": term["key"], "text": text} for term, text in zip(plan["terms"], reading.TERMS, strict=False)]
    schedule = plan["schedule"]
    if "milestones" in schedule:
        named = [one | {"text": f"Goal {n}"} for n, one in enumerate(schedule["milestones"])]
        schedule = schedule | {"milestones": named}
    if "nights" in schedule:
        schedule = schedule | {"nights": {k: v for k, v in schedule["nights"].items() if k != "place"}}
    return plan | {"title": "A trial", "parties": parties, "terms": terms, "schedule": schedule}


def document(plan: dict[str, Any], number: int, count: int) -> dict[str, Any]:
    """A trial file with random observations and no notes: those are words, not figures."""
    drawn = Observations(plan, Random(number), NOW).some(count)
    said = [{key: value for key, value in one.items() if key not in ("note", "audience")} for one in drawn]
    return {"format": "meanwhile.trial/1", **plan, "observations": said}


documents = st.builds(document, plan_parts.map(worded), st.integers(0, 2**32), st.sampled_from((0, 8, 60, 240)))


def check(cast: Cast, browser: Visitor, folder: Path, file: dict[str, Any]) -> bool:
    """Import, read the page and the PDF, compare with the command. False for a trial with nothing to show yet."""
    path = folder / "trial.json"
    path.write_text(json.dumps(file))
    typed = type_it("import", path, "--mediator", "mediator@example.org")
    assert typed.status == 0, typed
    trial = db.session.get_one(Trial, UUID(typed.out.strip()))
    assert db.session.get_one(Case, trial.case_id).mediator_id == cast.mediator.id
    page = browser.get(f"/caseload/{trial.id}/summary")
    if page.has("Nothing to show yet"):
        return False
    shown = next(field.get("value") for field in page.all("input") if field.get("name") == "as_of")
    summary = json.loads(type_it("summary", str(trial.id), "--json", "--as-of", str(shown)).out)
    answer = browser.client.get(f"/caseload/{trial.id}/summary.pdf")
    assert answer.status_code == 200
    for where, text in (("page", reading.folded(page.text)), ("PDF", reading.pdf_text(answer.data))):
        same(where, reading.read(text, summary), summary)
    return True


def same(where: str, read: dict[str, Any], summary: dict[str, Any]) -> None:
    wanted = {key: summary[key] for key in read if key not in ("agenda", "milestones")}
    for key, value in wanted.items():
        assert read[key] == value, f"{key} in the {where}"
    assert read["agenda"] == reading.agenda_of(summary), f"agenda in the {where}"
    for said, one in zip(read.get("milestones", []), summary.get("milestones", []), strict=True):
        days = {key: reading.done_words(day) for key, day in one["done_on"].items()}
        assert said["done_on"] == days, f"milestones in the {where}"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_page_pdf_and_command_say_the_same(app: Flask, cast: Cast, visit: Visit, tmp_path: Path) -> None:
    """Twelve random trials here, two hundred in `make soak`."""
    assert _walk(cast, visit(cast.mediator), tmp_path, 12) >= 8


@pytest.mark.soak
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_page_pdf_and_command_say_the_same_for_two_hundred_trials(
    app: Flask, cast: Cast, visit: Visit, tmp_path: Path
) -> None:
    read = _walk(cast, visit(cast.mediator), tmp_path, 200)
    assert read >= 180, f"only {read} of them had begun"


def _walk(cast: Cast, browser: Visitor, folder: Path, count: int) -> int:
    begun = []

    @settings(max_examples=count, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @seed(5)
    @given(documents)
    def walk(file: dict[str, Any]) -> None:
        begun.append(check(cast, browser, folder, file))

    walk()
    return sum(begun)


def test_the_reader_can_see_a_difference() -> None:
    assert reading.done_words("2026-03-09") == "Done Mon 9 Mar"
    together = "Same on 3, near on 1, differ on 2 of 6 days 3 days: only one rated"
    row = f" 8 of 9 1 partly 4 of 6 2 not as planned, 3 no entry {together}"
    found = reading._term("x", row, ["A", "B"])
    assert found["parties"]["B"] == {"kept": 4, "partly": 0, "not_kept": 2, "not_today": 0, "no_entry": 3}
    assert found["matching"]["one_sided"] == 3
