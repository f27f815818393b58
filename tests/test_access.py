"""Who may use which route: every route, walked as every role, against one table. A route missing in it fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from tests.access_table import TABLE
from tests.cast import Cast
from tests.mailbox import Mailbox
from tests.visitor import Visitor
from tracker import create_app
from tracker.pages import access
from tracker.people.model import Person

ROLES = (
    "anonymous", "party", "other_party", "party_of_another_case", "mediator", "mediator_of_another_case",
    "other_programme", "administrator", "guest",
)  # fmt: skip  # read in rows, as it is laid out
DENIED, UNASKED = {404}, {"HEAD", "OPTIONS"}
SIGN_IN = "/sign-in"


Visit = Callable[[Person | None], Visitor]


def person_of(cast: Cast, role: str) -> Person | None:
    """The member of the cast who stands for a role towards the parenting trial."""
    return {
        "anonymous": None,
        "party": cast.parent_a,
        "other_party": cast.parent_b,
        "party_of_another_case": cast.stranger,
        "mediator": cast.mediator,
        "mediator_of_another_case": cast.other_mediator,
        "other_programme": cast.outsider,
        "administrator": cast.administrator,
        "guest": cast.guest,
    }[role]


def test_every_route_is_in_the_table(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == set(TABLE), "routes and table differ"


@pytest.mark.parametrize("role", ROLES)
def test_every_route_as_every_role(app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox, role: str) -> None:
    """What only reads, or is refused, changes nobody's sign-in: one browser asks all of that, before anything else."""
    asks = [
        (role in TABLE[rule.endpoint], method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - UNASKED)
    ]
    wrong, reader = [], visit(person_of(cast, role))
    for allowed, method, rule in sorted(asks, key=lambda ask: ask[0] and ask[1] != "GET"):
        browser = visit(person_of(cast, role)) if allowed and method != "GET" else reader
        status, location = _ask(app, browser, rule.rule, method, cast)
        if _is_wrong(status, location, allowed, anonymous=role == "anonymous"):
            meant = "allowed" if allowed else "denied"
            wrong.append(f"{method} {rule.rule} as {role}: {status} {location}, {meant}")
    mailbox.take()  # new recovery codes are told to their person
    assert not wrong, "\n".join(wrong)


def _ask(app: Flask, visitor: Visitor, rule: str, method: str, cast: Cast) -> tuple[int, str]:
    """Ask for the address with the parenting trial's ids; an empty form where one is sent."""
    values = {
        "uuid:trial": cast.parenting.id, "uuid:change": uuid4(), "day:day": date(2026, 3, 9),
        "token": "no-such-token", "path:name": "nothing.js", "who": "parent-a",
    }  # fmt: skip  # read in rows, as it is laid out
    address = rule
    for name, value in values.items():
        address = address.replace(f"<{name}>", str(value))
    while "<" in address:  # any other id is one that belongs to nobody
        before, _, rest = address.partition("<")
        kind, _, after = rest.partition(">")
        address = before + (str(uuid4()) if kind.startswith("uuid:") else "1") + after
    data = {"csrf_token": visitor.token()} if method in ("POST", "DELETE") else None
    response = visitor.client.open(address, method=method, data=data)
    return response.status_code, response.headers.get("Location", "")


def _is_wrong(status: int, location: str, allowed: bool, *, anonymous: bool) -> bool:
    """An allowed role gets an answer of the page, whatever it says of the empty form; others learn nothing."""
    to_sign_in = status == 303 and location.startswith(SIGN_IN)
    if allowed:
        return status >= 500 or status in (401, 403, 405) or (to_sign_in and "next=" in location)
    return not to_sign_in if anonymous else status not in DENIED


def test_an_app_with_an_undeclared_route_does_not_start(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless() -> str:
        return "everything"

    register = access.init

    def with_one_more(app: Flask) -> None:
        app.add_url_rule("/careless", "careless", careless)
        register(app)

    monkeypatch.setattr(access, "init", with_one_more)
    with pytest.raises(RuntimeError, match="no audience declared: careless"):
        create_app(app.extensions["config"])
