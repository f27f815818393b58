"""A phone whose clock was set: what is written is of the day, and of the time, that it really is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import Phone, owners
from tests.browser.stage import Stage
from tests.browser.steps import SAVED, back_online, change_it, note, partly, prepared, save, save_as, stored, type_note

SOON = timedelta(minutes=1)


def test_a_phone_whose_clock_is_two_days_ahead_asks_about_the_day_that_it_is(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Clockwork")
    network.behind = timedelta(days=2)
    page = prepared(phone, owner)
    phone.offline()
    page.goto("/")
    began = datetime.now(UTC) - timedelta(days=2, seconds=5)
    page.get_by_role("button", name="As planned today").click()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    back_online(phone, page)
    (row,) = [one for one in stored(owner) if one.kind == "day"]
    assert began < row.recorded_at < datetime.now(UTC) - timedelta(days=2)
    assert row.day == row.recorded_at.date()


def test_a_clock_that_is_set_right_after_the_sign_in_is_believed_from_the_next_page_on(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "noise", "Sundial")
    network.behind = timedelta(days=2)
    page = prepared(phone, owner)
    network.behind = timedelta()
    page.reload()
    page.get_by_role("button", name="As planned today").click()
    expect(page.get_by_text("Saved.").first).to_be_visible()
    phone.offline()
    page.goto("/")
    today = datetime.now(UTC).date()
    expect(page.locator(f"[data-today='{today}']")).to_be_visible()
    type_note(page, "Corrected without a network.")
    partly(page)
    save(page)
    change_it(page)
    save_as(page, "Corrected once more.")
    back_online(phone, page)
    page.goto(f"/trials/{owner.trial}/days/{today}?change=yes")
    assert note(page) == "Corrected once more.", "the later one counts"
    rows = stored(owner)
    assert [row.day for row in rows] == [today, today]
    assert all(datetime.now(UTC) - SOON < row.recorded_at <= row.received_at for row in rows)
