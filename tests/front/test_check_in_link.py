"""A check-in's link opens that day's form and nothing else, without a sign-in, until noon of the next day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, current_app
from sqlalchemy import text

from tests.cast import Cast
from tests.checkins.evening import check_ins, tick
from tests.mailbox import Mailbox
from tests.party.day import KEPT, stored
from tests.visitor import Visitor
from tracker import clock
from tracker.checkins import by_hand, link
from tracker.db import Base, db
from tracker.pages.limits import limiter
from tracker.people.model import Person
from tracker.trials import rest
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]
NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 3, 11, 16, 0, tzinfo=UTC)  # of the next day, in New York
PERSONAL = ("Parent A", "Parent B", "earlier words", "other one wrote", "By the link", "School weeks", "Riverside")
GONE = "This link is not open now"
SECRET = "tests"  # the configuration of the tests says so


def link_for(cast: Cast, person: Person, trial: Trial) -> str:
    """The address in a check-in that this party has just been sent, about today."""
    one = by_hand.ask_now(cast.here(person, trial), current_app.extensions["config"], clock.now())
    return f"/check-ins/{link.token(one.id, SECRET)}"


def test_one_tap_writes_the_day_without_a_sign_in(cast: Cast, visit: Visit) -> None:
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    page = anybody.get(address)
    saved = anybody.follow(anybody.submit(page, "/observations", button="As planned today"))
    assert saved.has("Saved")
    assert saved.has("until Wed 11 Mar, 12:00")
    (entry,) = stored(cast.parenting)
    assert (entry.kind, entry.day, entry.answers["terms"]) == ("day", date(2026, 3, 10), KEPT)
    assert entry.party_id == cast.here(cast.parent_a, cast.parenting).party.id  # type: ignore[union-attr]  # a party's


def test_the_last_days_own_message_opens_that_day_too(
    cast: Cast, visit: Visit, travel: Travel, mailbox: Mailbox
) -> None:
    last = cast.here(cast.parent_a, cast.parenting).facts.last_day
    travel(datetime.combine(last, time(8, 1), NEW_YORK))
    tick()
    one = next(row for row in check_ins() if row.kind == "ends_today" and row.trial_id == cast.parenting.id)
    address = f"/check-ins/{link.token(one.id, SECRET)}"
    parts = [part for mail in mailbox.take() for part in mail.walk() if part.get_content_type() == "text/plain"]
    assert any(address in str(part.get_content()) for part in parts)
    anybody = visit()
    anybody.submit(anybody.get(address), "/observations", button="As planned today")
    assert [entry.day for entry in stored(cast.parenting)] == [last]


def test_term_by_term_with_the_night_and_a_note(cast: Cast, visit: Visit) -> None:
    anybody = visit()
    page = anybody.get(link_for(cast, cast.parent_a, cast.parenting))
    answers: dict[str, Any] = {"term-bedtime": "partly", "night": "A", "note": "Late.", "audience": "me"}
    anybody.submit(page, "/observations", **answers)
    (entry,) = stored(cast.parenting)
    assert entry.answers == {"terms": {"bedtime": "partly"}, "night": "A"}
    assert (entry.note, entry.audience) == ("Late.", "me")


def test_it_shows_no_name_no_entry_and_nothing_of_the_other(cast: Cast, visit: Visit) -> None:
    for person, note in ((cast.parent_a, "My own earlier words"), (cast.parent_b, "What the other one wrote")):
        browser = visit(person)
        today = browser.get(f"/trials/{cast.parenting.id}/today")
        browser.submit(today, "/observations", button="As planned today", note=note, audience="summary")
    address = link_for(cast, cast.parent_a, cast.parenting)
    anybody = visit()
    page = anybody.get(address)
    again = anybody.follow(anybody.submit(page, "/observations", button="As planned today", note="By the link"))
    for shown in (page, again, anybody.get(address)):
        for word in PERSONAL:
            assert word not in shown.html
        assert not any("checked" in e.attrib for e in shown.all("input") if e.get("name") != "audience")
    assert page.has("With me")
    assert page.has("In the other home")


def test_the_handoff_is_asked_without_its_place(cast: Cast, visit: Visit, travel: Travel) -> None:
    travel(datetime(2026, 3, 11, 23, 0, tzinfo=UTC))
    anybody = visit()
    page = anybody.get(link_for(cast, cast.parent_b, cast.parenting))
    assert page.has("17:30 handoff")
    assert "School gate" not in page.html
    anybody.submit(page, "/observations", button="Save the handoff", outcome="late", minutes_late="25")
    (entry,) = stored(cast.parenting)
    assert (entry.kind, entry.answers) == ("handoff", {"outcome": "late", "minutes_late": 25})


def test_a_neighbours_day_has_its_own_questions(cast: Cast, visit: Visit) -> None:
    anybody = visit()
    page = anybody.get(link_for(cast, cast.downstairs, cast.noise))
    assert "Noise now" not in page.html
    anybody.submit(page, "/observations", rest="3")
    (entry,) = stored(cast.noise)
    assert entry.answers == {"rest": 3}


def test_opening_it_changes_nothing_however_often(cast: Cast, visit: Visit) -> None:
    address = link_for(cast, cast.parent_a, cast.parenting)
    before = _everything()
    for _ in range(3):
        scanner = visit()
        scanner.get(address)
        scanner.get(f"{address}?saved=yes")
        scanner.client.head(address)
    assert _everything() == before


def test_a_later_one_counts_and_the_first_stays(cast: Cast, visit: Visit, travel: Travel) -> None:
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    anybody.submit(anybody.get(address), "/observations", button="As planned today")
    travel(NOON - timedelta(seconds=1))
    not_kept: dict[str, Any] = {"term-bedtime": "not_kept"}
    anybody.submit(anybody.get(address), "/observations", **not_kept)
    assert [o.answers["terms"]["bedtime"] for o in stored(cast.parenting)] == ["kept", "not_kept"]
    page = visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/days/2026-03-10")
    assert page.form("/observations")[1]["term-bedtime"] == "not_kept"


def test_the_same_form_twice_is_one_entry(cast: Cast, visit: Visit) -> None:
    anybody = visit()
    page = anybody.get(link_for(cast, cast.parent_a, cast.parenting))
    for _ in range(2):
        anybody.submit(page, "/observations", button="As planned today")
    assert len(stored(cast.parenting)) == 1
    again = anybody.submit(page, "/observations", 409, **{"term-bedtime": "partly"})
    assert again.has("This form was saved before with other answers.")


def test_before_its_day_it_opens_nothing(cast: Cast, visit: Visit, travel: Travel) -> None:
    begins = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # in New York
    travel(begins)
    address = link_for(cast, cast.parent_a, cast.parenting)
    travel(begins - timedelta(minutes=1))
    assert visit().get(address, 410).has(GONE)
    travel(begins)
    assert visit().get(address).has("Monday 2 Mar")


def test_at_noon_it_is_over(cast: Cast, visit: Visit, travel: Travel) -> None:
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    page = anybody.get(address)
    travel(NOON)
    assert anybody.get(address, 410).has(GONE)
    assert anybody.submit(page, "/observations", 410, button="As planned today").has(GONE)
    assert stored(cast.parenting) == []


def typed(browser: Visitor, address: str, note: str) -> tuple[str, dict[str, object], dict[str, object]]:
    """Where the form goes, its fields as they stand there, and with something typed."""
    url, fields = browser.get(address).form("/observations")
    return url, fields, fields | {"term-bedtime": "kept", "note": note}


@pytest.mark.parametrize("htmx", [False, True])
def test_what_was_typed_until_it_was_over_is_shown_once_more(
    cast: Cast, visit: Visit, travel: Travel, htmx: bool
) -> None:
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    url, fields, form = typed(anybody, address, "He asked for one more story <b>twice</b>.")
    travel(NOON)
    page = anybody.post(url, form, 410, htmx=htmx)
    assert page.has(GONE)
    assert page.has("This has not been saved.")
    assert page.has("He asked for one more story <b>twice</b>.")
    empty = anybody.post(url, fields | {"all": "kept"}, 410, htmx=htmx)
    assert empty.has("This has not been saved.")
    assert not empty.has("What you typed")
    assert not anybody.get(address, 410).has("This has not been saved.")
    assert anybody.post(f"/check-ins/{uuid4()}/observations", form, 404).has("He asked for one more story")
    assert stored(cast.parenting) == []


@pytest.mark.parametrize("end", ["noon", "pause"])
def test_sent_again_when_it_is_over_it_says_that_it_is_saved(
    cast: Cast, visit: Visit, travel: Travel, end: str
) -> None:
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    url, _fields, form = typed(anybody, address, "One more story.")
    anybody.post(url, form)  # and its answer was lost
    if end == "noon":
        travel(NOON)
    else:
        rest.pause(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, clock.now())
    page = anybody.post(url, form, 200)
    assert page.has("Saved")
    assert not page.has("Write it again")
    assert anybody.post(url, form | {"note": "Two more stories."}, 410).has("This has not been saved.")
    assert [one.note for one in stored(cast.parenting)] == ["One more story."]


@pytest.mark.parametrize("day", ["2026-03-09", "2026-03-11", "rubbish", ""])
def test_it_writes_about_no_other_day(cast: Cast, visit: Visit, day: str) -> None:
    anybody = visit()
    page = anybody.get(link_for(cast, cast.parent_a, cast.parenting))
    sent: dict[str, Any] = {"day": day, "kind": "noise", "recorded_at": "2026-03-09T10:00:00+00:00", "party": "B"}
    anybody.submit(page, "/observations", button="As planned today", **sent)
    (entry,) = stored(cast.parenting)
    assert (str(entry.day), entry.kind, entry.recorded_at) == ("2026-03-10", "day", clock.now())


def test_it_opens_no_page_behind_the_sign_in(cast: Cast, visit: Visit) -> None:
    anybody = visit()
    page = anybody.get(link_for(cast, cast.parent_a, cast.parenting))
    anybody.submit(page, "/observations", button="As planned today")
    for name in ("today", "days/2026-03-10", "calendar", "reminders"):
        assert "/sign-in" in anybody.get(f"/trials/{cast.parenting.id}/{name}", 303).location


@pytest.mark.parametrize("end", ["pause", "leave", "other leaves", "end"])
def test_it_dies_with_the_trial(cast: Cast, visit: Visit, end: str) -> None:
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    page = anybody.get(address)
    mine, other = (cast.here(one, cast.parenting) for one in (cast.parent_a, cast.parent_b))
    ends: dict[str, Callable[[], object]] = {
        "pause": lambda: rest.pause(mine, cast.mediator.id, clock.now()),
        "leave": lambda: rest.leave(mine, clock.now()),
        "other leaves": lambda: rest.leave(other, clock.now()),
        "end": lambda: rest.end(mine, cast.mediator.id, clock.now()),
    }
    ends[end]()
    assert anybody.get(address, 410).has(GONE)
    assert anybody.submit(page, "/observations", 410, button="As planned today").has(GONE)
    assert stored(cast.parenting) == []


def test_after_a_pause_it_works_again(cast: Cast, visit: Visit) -> None:
    address = link_for(cast, cast.parent_a, cast.parenting)
    here = cast.here(cast.parent_a, cast.parenting)
    rest.pause(here, cast.mediator.id, clock.now())
    rest.resume(here, clock.now())
    visit().get(address)


def test_the_last_day_stays_open_like_any_other(cast: Cast, visit: Visit, travel: Travel) -> None:
    travel(datetime(2026, 3, 30, 1, 0, tzinfo=UTC))  # 21:00 of 29 March, the last day
    address, anybody = link_for(cast, cast.parent_a, cast.parenting), visit()
    travel(datetime(2026, 3, 30, 15, 59, tzinfo=UTC))
    page = anybody.get(address)
    assert page.has("As planned that day")
    anybody.submit(page, "/observations", button="As planned that day")
    assert [str(o.day) for o in stored(cast.parenting)] == ["2026-03-29"]
    travel(datetime(2026, 3, 30, 16, 0, tzinfo=UTC))
    anybody.get(address, 410)


def test_an_answer_that_is_none_comes_back_with_what_was_typed(cast: Cast, visit: Visit) -> None:
    anybody = visit()
    page = anybody.get(link_for(cast, cast.parent_a, cast.parenting))
    again = anybody.submit(page, "/observations", 422, **{"term-bedtime": "perhaps", "note": "My words"})
    assert again.has("Choose one of the four.")
    assert again.has("My words")
    assert anybody.submit(page, "/observations", 422).has("Choose at least one answer")
    assert stored(cast.parenting) == []


def test_a_guessed_one_is_not_there_and_few_can_be_tried(app: Flask, cast: Cast, visit: Visit) -> None:
    link_for(cast, cast.parent_a, cast.parenting)
    limiter.enabled = True
    try:
        anybody = visit()
        for _ in range(20):
            anybody.get(f"/check-ins/{uuid4()}", 404)
        assert anybody.client.get(f"/check-ins/{uuid4()}").status_code == 429
    finally:
        limiter.reset()
        limiter.enabled = False


def _everything() -> dict[str, str]:
    db.session.rollback()
    return {
        table.name: str(db.session.execute(text(f'select * from "{table.name}"')).all())  # noqa: S608  # our own tables
        for table in Base.metadata.sorted_tables
    }
