"""A programme's administrator chooses the ways that its parties' reminders may take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.errors import Refused
from tracker.people import programmes
from tracker.people.model import Programme

Visit = Callable[..., Visitor]
SETTINGS = "/programme/settings"
BY_EMAIL: dict[str, Any] = {"channel-email": "yes"}


def _kept(cast: Cast) -> list[str] | None:
    db.session.rollback()
    return db.session.get_one(Programme, cast.programme.id, populate_existing=True).channels


def _ticked(page: Page) -> set[str]:
    return {name.removeprefix("channel-") for name in page.form(SETTINGS)[1] if name.startswith("channel-")}


def _choose(desk: Visitor, *ways: str, expect: int = 303, **more: Any) -> Page:
    """Tick these on the page, untick the others, and save."""
    page = desk.get(SETTINGS)
    fields = {name: value for name, value in page.form(SETTINGS)[1].items() if not name.startswith("channel-")}
    return desk.post(SETTINGS, fields | {f"channel-{way}": "yes" for way in ways} | more, expect)


def test_at_first_every_way_that_the_installation_has_is_open(cast: Cast, visit: Visit) -> None:
    page = visit(cast.administrator).get(SETTINGS)
    assert _ticked(page) == {"email", "push", "feed"}
    assert "channel-text" not in page.html
    assert page.has("Sign-in codes, and messages that something needs attention, still go by email.")


def test_what_is_chosen_is_kept_and_shown_again(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    assert desk.follow(_choose(desk, "push", "feed")).has("Saved.")
    assert _ticked(desk.get(SETTINGS)) == {"push", "feed"}
    assert visit(cast.parent_a).get(url(cast.parenting, "reminders")).has("Show them on this device")
    assert not visit(cast.parent_a).get(url(cast.parenting, "reminders")).has("How?")


@pytest.mark.parametrize("ways", [(), ("feed",)])
def test_one_that_sends_must_stay(cast: Cast, visit: Visit, ways: tuple[str, ...]) -> None:
    desk = visit(cast.administrator)
    page = _choose(desk, *ways, expect=422, numbers="Our line: 555 0100", text="Typed.", country="DE")
    assert page.has("Choose at least one way that sends reminders. A calendar address sends none.")
    fields = page.form(SETTINGS)[1]
    assert (fields["numbers"], fields["text"], fields["country"]) == ("Our line: 555 0100", "Typed.", "DE")
    assert _ticked(page) == set(ways)
    assert any(link == "#channel-email" for link in page.links())
    assert _kept(cast) is None
    assert not visit(cast.parent_a).get(url(cast.parenting, "safety")).has("Our line")


def test_what_else_is_wrong_keeps_what_was_ticked(cast: Cast, visit: Visit) -> None:
    assert _ticked(_choose(visit(cast.administrator), "email", expect=422, country="Atlantis")) == {"email"}
    assert _kept(cast) is None


def test_texts_are_a_way_where_the_installation_has_them(cast: Cast, visit: Visit, with_texts: None) -> None:
    desk = visit(cast.administrator)
    assert _ticked(desk.get(SETTINGS)) == {"email", "push", "text", "feed"}
    _choose(desk, "text")
    assert _kept(cast) == ["text"]


def test_a_way_that_the_page_could_not_show_stays_as_it_was(app: Flask, cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    _choose(desk, "email")
    assert _kept(cast) == ["email", "text"]  # nobody was asked about texts
    programmes.choose_channels(cast.programme.id, ["email", "push"])
    _choose(desk, "email", "push", "feed")
    assert _kept(cast) == ["email", "push", "feed"]


def test_every_way_again_is_what_it_was_at_first(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    _choose(desk, "email")
    _choose(desk, "email", "push", "feed")
    assert _kept(cast) is None


def test_what_cannot_be_seen_is_not_enough(cast: Cast, visit: Visit) -> None:
    """Texts are allowed, and the installation can send none: another way has to stay."""
    programmes.choose_channels(cast.programme.id, ["email", "text"])
    _choose(visit(cast.administrator), "feed", expect=422)
    assert _kept(cast) == ["email", "text"]


def test_a_page_that_was_open_before_there_was_a_choice_changes_none(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.administrator)
    for channels in (["email"], ["text"], None):  # also one that the installation no longer has
        programmes.choose_channels(cast.programme.id, channels)
        desk.post(SETTINGS, {"country": "US", "numbers": "", "text": ""})
        assert _kept(cast) == channels
    programmes.choose_channels(cast.programme.id, ["email"])
    assert _ticked(desk.post(SETTINGS, {"country": "Atlantis"}, 422)) == {"email"}


def test_an_old_page_brings_nothing_back(cast: Cast, visit: Visit) -> None:
    """A colleague allows devices alone, and a page from before that saves an emergency number, then a tick."""
    desk = visit(cast.administrator)
    old = desk.get(SETTINGS)
    programmes.choose_channels(cast.programme.id, ["push"])
    desk.submit(old, SETTINGS, numbers="Our line: 555 0100")
    assert _kept(cast) == ["push"]
    fields = old.form(SETTINGS)[1]
    refused = desk.post(SETTINGS, {name: fields[name] for name in fields if name != "channel-push"}, 422)
    assert refused.has("Choose at least one way that sends reminders.")
    assert _ticked(refused) == set()  # what would be left, not what the old page had
    desk.submit(refused, SETTINGS, **BY_EMAIL)
    assert _kept(cast) == ["email"]


def test_a_page_that_does_not_say_what_it_showed_changes_none(cast: Cast, visit: Visit) -> None:
    programmes.choose_channels(cast.programme.id, ["push"])
    form = {"country": "US", "offered": "email push feed", "channel-email": "yes", "channel-push": "yes"}
    visit(cast.administrator).post(SETTINGS, form)
    assert _kept(cast) == ["push"]


def test_it_says_where_no_way_that_is_allowed_is_there(cast: Cast, visit: Visit) -> None:
    """Texts alone are allowed, and the installation sends none any more. What else is saved does not wait for that."""
    warning, desk = "No party gets reminders now", visit(cast.administrator)
    assert not desk.get(SETTINGS).has(warning)
    programmes.choose_channels(cast.programme.id, ["text"])
    page = desk.get(SETTINGS)
    assert page.has(warning)
    desk.submit(page, SETTINGS, numbers="Our line: 555 0100")
    assert _kept(cast) == ["text"]
    desk.submit(page, SETTINGS, **BY_EMAIL)
    assert not desk.get(SETTINGS).has(warning)


def test_other_programmes_go_on_as_before(cast: Cast, visit: Visit) -> None:
    _choose(visit(cast.administrator), "push")
    db.session.rollback()
    other = db.session.get_one(Programme, cast.other_programme.id, populate_existing=True)
    assert other.channels is None


@pytest.mark.parametrize("channels", [[], ["feed"]])
def test_a_programme_without_a_way_is_refused_below_the_pages_too(cast: Cast, channels: list[str]) -> None:
    with pytest.raises(Refused, match="channels"):
        programmes.choose_channels(cast.programme.id, channels)
    assert _kept(cast) is None
