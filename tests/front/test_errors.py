"""What went wrong: calm pages with a next step; a form that was open for long loses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker import db as database
from tracker.db import db
from tracker.pages.front.errors import WORDS
from tracker.people import memberships

Visit = Callable[..., Visitor]
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def resilient(app: Flask) -> Iterator[Flask]:
    """An app that shows its page for what fails, as it does when it runs."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    app.config["PROPAGATE_EXCEPTIONS"] = True


def test_an_address_that_is_none(app: Flask, visit: Visit) -> None:
    page = visit().get("/nowhere", 404)
    assert page.has("There is nothing here")
    assert "/" in page.links()


def test_another_method(app: Flask, visit: Visit) -> None:
    page = visit().get("/sign-out", 405)
    assert page.response.headers["Allow"]
    assert page.has("This address is not a page")


def test_what_fails_says_so_and_tells_nothing_else(
    resilient: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(database, "reachable", fail)
    page = visit().get("/healthz", 500)
    assert page.has("Something went wrong here")
    assert "secret of the house" not in page.html


def test_too_much_at_once(app: Flask, visit: Visit) -> None:
    browser = visit()
    page = browser.post("/sign-in", {"email": "x" * 300_000}, 413)
    assert page.has("That was too much at once")


def test_what_cannot_be_stored_is_refused_at_the_door(app: Flask, cast: Cast, visit: Visit) -> None:
    assert visit().post("/sign-in", {"email": "a\0b@example.org"}, 400).has("That could not be read")
    visit().get("/sign-in?next=/%00", 400)


def test_htmx_gets_the_block_alone(app: Flask, visit: Visit) -> None:
    page = visit().get("/nowhere", 404, htmx=True)
    assert page.fragment
    assert page.has("There is nothing here")


def stale(browser: Visitor, path: str, headers: dict[str, str], **values: str) -> Page:
    response = browser.client.post(path, data={"csrf_token": "stale", **values}, headers=headers)
    page = Page(response)
    page.check(whole=True)
    return page


def test_a_form_of_another_persons_page_cannot_be_sent_in_ones_own_name(cast: Cast, visit: Visit) -> None:
    browser, path = visit(cast.parent_b), url(cast.parenting, "observations")
    theirs = visit(cast.parent_a).get(url(cast.parenting, "today")).form("/observations")[1]["who"]
    mine = browser.get(url(cast.parenting, "today")).form("/observations")[1]["who"]
    assert theirs != mine
    for who, resend in ((mine, True), (theirs, False)):
        page = stale(
            browser, path, HERE, kind="day", day="2026-03-09", note="Something that was typed here.", who=str(who)
        )
        assert page.has("Something that was typed here.")
        assert page.has("Send it now") is resend


def test_a_form_that_was_open_for_long_can_be_sent_again(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.administrator)
    form = {"email": "later@example.org", "role": "mediator", "name": 'Somebody "quoted" <b>'}
    page = stale(browser, "/programme/memberships", HERE, **form)
    assert page.status == 400
    assert not [p for _m, p in memberships.people_of(cast.programme.id) if p.email == "later@example.org"]
    _url, fields = page.form("/programme/memberships")
    assert {name: fields[name] for name in form} == form
    browser.submit(page, "/programme/memberships", 422, email="not one")  # the form arrives; another address mends it


def test_after_the_sign_in_ended_the_words_are_shown(cast: Cast, visit: Visit) -> None:
    wish = "Could we start on Thursday instead, because of the school trip?"
    page = stale(visit(), f"/trials/{cast.parenting.id}/welcome/reminders", HERE, email=wish)
    assert page.has("your sign-in on this device has ended")
    assert page.has(wish)
    assert page.has("Copy it before you go on")
    assert "/sign-in" in page.links()


def test_every_word_that_was_typed_is_shown_and_nothing_that_the_form_hid(cast: Cast, visit: Visit) -> None:
    browser, base = visit(cast.parent_a), f"/trials/{cast.parenting.id}"
    _address, fields = browser.get(f"{base}/today").form("/observations")
    hidden = {str(fields[name]) for name in ("id", "handoff_id", "who", "day")}
    typed = {name: str(value) for name, value in fields.items() if name != "csrf_token"} | {"note": "Late."}
    page = stale(visit(), f"{base}/observations", HERE, **typed)
    assert _shown(page) == ["Late."]
    assert not any(text in page.text for text in hidden)
    page = stale(visit(), f"{base}/prepare/goals", HERE, **{"text-0": "Calm", "text-2": "Sleep", "audience": "me"})
    assert _shown(page) == ["Calm", "Sleep"]
    browser = visit(cast.mediator)
    page = stale(browser, f"/caseload/{cast.parenting.id}/referrals", HERE, who="A lawyer", party="A", due="2026-03-20")
    assert _shown(page) == ["A lawyer"]
    assert page.has("Send it now"), "whom to see is not whose page it is"


def test_each_field_for_words_is_known_as_one() -> None:
    """A field that is neither is in nobody's way: it is a date, a time, a number, a code or a zone."""
    rest = {
        "anchor", "arrival-", "as_of", "at", "cday", "check_in_at", "code", "day", "days", "due", "end", "handoff_at",
        "last_day", "mday", "mdue", "minutes", "minutes_late", "quiet-", "since", "start", "starts_on", "time",
        "timezone", "to", "tolerance", "until", "until-", "zone",
    }  # fmt: skip  # read in rows, as it is laid out
    call = re.compile(
        r'\{\{ ?(?:field|textarea_field|note_field)\((?:_\("[^"]*"[^)]*\)|face\.name)?,? ?"([a-z_-]+?)(?:-%d)?"'
    )
    for path in sorted(Path("templates").glob("[!e]*/**/*.html")):
        for name in call.findall(path.read_text()):
            assert (name in WORDS) is (name not in rest), f"{path}: {name}"


def _shown(page: Page) -> list[str]:
    return [(p.text or "") for p in page.all("p") if p.get("class") == "typed"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.com"}],
)
def test_another_sites_form_is_not_offered_again(cast: Cast, visit: Visit, headers: dict[str, str]) -> None:
    page = stale(
        visit(cast.administrator), "/programme/memberships", headers, email="thief@example.org", role="mediator"
    )
    assert page.status == 400
    assert "thief@example.org" not in page.html
    assert not any("memberships" in (form.get("action") or "") for form in page.all("form"))


def test_a_public_form_can_be_sent_again_by_anybody(app: Flask, visit: Visit) -> None:
    browser = visit()
    page = stale(browser, "/sign-in", {"Origin": "http://localhost"}, email="nobody@example.org")
    browser.submit(page, "/sign-in")
    db.session.rollback()
