"""The log tells an operator who came in and what was refused, and nothing of what anybody wrote or looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker import db as database
from tracker import logs
from tracker.pages.security_log import BACK, DOORS

Visit = Callable[..., Visitor]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(app: Flask, capsys: pytest.CaptureFixture[str]) -> Lines:
    """What was logged since it was last asked for."""
    capsys.readouterr()
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_sign_in_from_the_first_request_to_the_end(cast: Cast, visit: Visit, mailbox: Mailbox, lines: Lines) -> None:
    browser = visit()
    browser.post("/sign-in", {"email": cast.parent_a.email})
    browser.post("/sign-in/code", {"code": "000000"}, 422)
    (message,) = mailbox.take()
    body = message.get_body(("plain",))
    assert body is not None
    link = next(word for word in str(body.get_content()).split() if "/sign-in/" in word)
    path = "/sign-in/" + link.rpartition("/")[2]
    browser.post(path)
    browser.post("/sign-out")
    said = lines()
    mailbox.take()
    assert [line["what"] for line in said] == ["code asked for", "sign-in refused", "signed in", "signed out"]
    for line in said:
        assert line["network"] == "127.0.0.1"
        assert line["at"] == "2026-03-10T18:00:00.000+00:00"
        assert line["from"] == logs.SECURITY
    assert [line["person"] for line in said] == [None, None, str(cast.parent_a.id), str(cast.parent_a.id)]
    whole = json.dumps(said)
    assert cast.parent_a.email is not None
    for secret in (cast.parent_a.email, cast.parent_a.name, path):
        assert secret not in whole


def test_pages_of_others_are_refused_and_said(cast: Cast, visit: Visit, lines: Lines) -> None:
    visit(cast.stranger).get(f"/trials/{cast.parenting.id}/safety", 404)
    visit().get("/caseload", 303)
    visit(cast.parent_a).get("/programme", 404)
    assert [(line["what"], line["place"], line["status"]) for line in lines()] == [
        ("access refused", "party", 404),
        ("access refused", "mediator.index", 303),
        ("access refused", "programme.people", 404),
    ]


def test_what_is_refused_at_the_door(cast: Cast, visit: Visit, lines: Lines) -> None:
    browser = visit(cast.parent_a)
    page = f"/trials/{cast.parenting.id}/safety"
    browser.client.post(page, data={"text": "nobody reads this"})
    browser.client.post(page, data="x", content_type="text/plain")
    browser.post("/sign-in", {"email": "x" * 300_000}, 413)
    said = lines()
    assert [line["status"] for line in said] == [400, 415, 413]
    assert {line["what"] for line in said} == {"request refused"}
    assert "nobody reads this" not in json.dumps(said)


def test_ordinary_days_leave_nothing(cast: Cast, visit: Visit, lines: Lines, mailbox: Mailbox) -> None:
    browser = visit(cast.parent_a)
    browser.get(f"/trials/{cast.parenting.id}/today")
    browser.post(f"/trials/{cast.parenting.id}/safety", {"text": "I am afraid"})
    mailbox.one("mediator@example.org")
    assert lines() == []
    mailbox.take()  # to the mediator


def test_a_limit_that_was_reached(cast: Cast, visit: Visit, lines: Lines, mailbox: Mailbox, counting: None) -> None:
    for _ in range(6):
        visit().post("/sign-in", {"email": "nobody@example.org"})
    visit().post("/sign-in", {"email": "nobody@example.org"}, 429)
    assert [line["what"] for line in lines()] == ["code asked for"] * 6 + ["limit reached"]


def test_an_error_says_its_kind_and_place_and_quotes_nothing(
    app: Flask, visit: Visit, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise RuntimeError("what somebody wrote")

    monkeypatch.setattr(database, "reachable", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    visit().get("/healthz", 500)
    (line,) = lines()
    assert (line["level"], line["what"], line["error"]) == ("error", "failed", ["builtins.RuntimeError"])
    assert any(place.startswith("tracker/pages/front/home.py:") for place in line["places"])
    assert "what somebody wrote" not in json.dumps(line)


def test_nobody_writes_a_line_of_their_own(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    app.logger.warning('a\n{"what": "signed in"}\r\x1b[2J')
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["what"].startswith("a\n")
    assert "\x1b" not in line


def test_a_database_error_does_not_quote_its_values(app: Flask) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from tracker.db import db

    with pytest.raises(DBAPIError) as caught:
        db.session.execute(text("select * from nothing where a = :a"), {"a": "what somebody wrote"})
    assert "what somebody wrote" not in str(caught.value)


def test_every_door_that_is_watched_is_one(app: Flask) -> None:
    assert not [door for door in (*DOORS, *BACK) if door not in app.view_functions]


def test_a_passkey_that_is_none_and_a_wrong_second_step(cast: Cast, visit: Visit, lines: Lines) -> None:
    visit().post("/sign-in/passkey", {"credential": "{}"})
    visit(cast.mediator).post("/second-step", {"code": "000000"}, 422)
    assert [(line["what"], line["place"]) for line in lines()] == [
        ("sign-in refused", "front.enter_with_passkey"),
        ("sign-in refused", "front.take_second_step"),
    ]
