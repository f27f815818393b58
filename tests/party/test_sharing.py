"""What one party sees of the other: nothing; in an open trial what is marked for the summary, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import transaction
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
PAGES = ("today", "calendar", "days/2026-03-09", "days/2026-03-10", "more", "plan", "prepare", "summary")


def _open(cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Trial, cast.parenting.id).sharing = "open"


def _write(cast: Cast, browser: Visitor, note: str, audience: str, day: str = "2026-03-09") -> None:
    fields = {"kind": "day", "id": str(uuid4()), "day": day, "note": note, "audience": audience}
    browser.post(url(cast.parenting, "observations"), fields | {"term-bedtime": "not_kept", "term-call": "partly"})


@pytest.fixture
def notes(cast: Cast, visit: Visit) -> dict[str, str]:
    """Parent B wrote for each audience."""
    browser = visit(cast.parent_b)
    said = {audience: f"For {audience} from B" for audience in ("me", "mediator", "summary")}
    for n, (audience, note) in enumerate(said.items()):
        _write(cast, browser, note, audience, f"2026-03-0{9 - n}")
    return said


@pytest.mark.parametrize("page", PAGES)
def test_in_a_private_trial_no_page_shows_anything_of_the_other(
    cast: Cast, visit: Visit, notes: dict[str, str], page: str
) -> None:
    shown = visit(cast.parent_a).get(url(cast.parenting, page))
    assert not any(note in shown.html for note in notes.values())


def test_in_a_private_trial_the_pages_are_the_same_whether_the_other_writes_or_not(cast: Cast, visit: Visit) -> None:
    reader, writer = visit(cast.parent_a), visit(cast.parent_b)
    before = [reader.get(url(cast.parenting, page)).text for page in PAGES]
    for day in ("2026-03-08", "2026-03-09", "2026-03-10"):
        _write(cast, writer, "Something.", "summary", day)
    assert [reader.get(url(cast.parenting, page)).text for page in PAGES] == before


def test_an_open_trial_shows_what_is_marked_for_the_summary_and_no_more(
    cast: Cast, visit: Visit, notes: dict[str, str]
) -> None:
    _open(cast)
    browser = visit(cast.parent_a)
    page = browser.get(url(cast.parenting, "days/2026-03-07"))
    assert page.has("Marked for the summary by the other party")
    assert page.has("Parent B")
    assert page.has(notes["summary"])
    for day in ("2026-03-08", "2026-03-09"):
        shown = browser.get(url(cast.parenting, f"days/{day}"))
        assert not shown.has("Parent B,")
        assert not any(note in shown.html for note in notes.values())


def test_the_mark_speaks_of_the_note_and_of_nothing_round_it(cast: Cast, visit: Visit) -> None:
    _open(cast)
    writer, browser = visit(cast.parent_b), visit(cast.parent_a)
    before = browser.get(url(cast.parenting, "days/2026-03-08")).text
    _write(cast, writer, "", "summary", "2026-03-08")  # answers alone, with the mark
    assert browser.get(url(cast.parenting, "days/2026-03-08")).text == before
    _write(cast, writer, "He slept at once.", "summary", "2026-03-07")
    page = browser.get(url(cast.parenting, "days/2026-03-07"))
    (card,) = [found for found in page.all("section") if "slept at once" in "".join(found.itertext())]
    said = " ".join(" ".join(card.itertext()).split())
    assert said == "Marked for the summary by the other party The day, Parent B He slept at once."


def test_what_was_taken_back_is_no_longer_shown(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    _open(cast)
    writer = visit(cast.parent_b)
    _write(cast, writer, "Said too quickly.", "summary")
    travel(datetime(2026, 3, 10, 18, 5, tzinfo=UTC))
    _write(cast, writer, "For my mediator now.", "mediator")
    shown = visit(cast.parent_a).get(url(cast.parenting, "days/2026-03-09"))
    assert "Said too quickly." not in shown.html
    assert "For my mediator now." not in shown.html
