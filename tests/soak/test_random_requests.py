"""Any request by anybody to any route, with anybody's ids: no answer holds another's text, and none is a 500.

A million of them in `make soak`, fifteen hundred in `make test`. A seed makes each run the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.soak.world import World, fill
from tests.visitor import Visitor
from tracker.db import db
from tracker.people.model import Person

Visit = Callable[[Person | None], Visitor]
MARK = re.compile(rb"zq[a-z]+zq")
QUIET = {  # they would make somebody else of a browser, take people their tasks, or take the texts away
    "front.enter_demo", "programme.end", "programme.invite", "party.delete_data",
}  # fmt: skip  # read in rows, as it is laid out
FIELDS = (
    "day", "kind", "id", "note", "audience", "all", "term-bedtime", "child", "night", "outcome", "minutes_late", "at",
    "start", "end", "level", "with", "answer", "number", "text", "sure", "last_day", "place", "time", "email", "role",
    "name", "code", "days", "reason", "reference", "as_of", "since", "until", "before", "party", "week", "term",
)  # fmt: skip  # read in rows, as it is laid out
VALUES = (
    "", "yes", "kept", "day", "moment", "handoff", "noise", "2026-03-09", "2026-03-10T18:00", "18:00", "1", "-1", "me",
    "summary", "A", "B", "\u0000", "é" * 300, "9" * 40, "<b>x</b>", "2026-02-30", "%", "a@example.org", "None", "💡",
)  # fmt: skip  # read in rows, as it is laid out


def soak(app: Flask, world: World, visit: Visit, requests: int, seed: int) -> Counter[str]:
    """Send the requests; how many answers had each status, and how many texts were `read` by those who may."""
    random = Random(seed)
    browsers = {name: visit(person) for name, person in world.people.items()}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in QUIET]
    seen: Counter[str] = Counter()
    for number in range(requests):
        name, rule = random.choice(list(browsers)), random.choice(rules)
        method = random.choice(("GET", "GET", "POST", *sorted(rule.methods or ())))
        path = address(random, rule.rule, world.ids)
        status, answer = send(random, browsers[name], method, path, world.ids)
        what = f"{method} {path} as {name}, request {number} of seed {seed}"
        seen[str(status)] += 1
        seen["read"] += judge(world, name, status, answer, what)
        if b"/sign-in?next" in answer and world.people[name] is not None:
            browsers[name] = visit(world.people[name])  # something ended the sign-in: begin another
    return seen


def judge(world: World, name: str, status: int, answer: bytes, what: str) -> int:
    """Fail if the answer is a 500, or holds a text that this person may not read; how many texts it holds."""
    assert status < 500, what
    assert b"Traceback" not in answer, what
    found = {one.decode() for one in MARK.findall(answer.lower())} & world.marks
    others = found - world.allowed.get(name, frozenset())
    assert not others or not others - world.may_read(name), f"{what}: {others}"
    return len(found)


def address(random: Random, rule: str, ids: tuple[str, ...]) -> str:
    """An address of the rule: mostly with ids that exist, whoever they belong to."""

    def fill_in(match: re.Match[str]) -> str:
        kind, _, _name = match[1].rpartition(":")
        if kind == "uuid":
            return random.choice(ids) if random.random() < 0.9 else str(UUID(int=random.getrandbits(128)))
        if kind == "day":
            return random.choice(("2026-03-09", "2026-03-10", "2026-02-22", "2026-04-01", "0001-01-01", "9999-12-31"))
        return random.choice(("1", "2", "people", "terms", "parent-a", "no-such-token", "app.js", "%00", "..%2f"))

    path = re.sub(r"<([^>]+)>", fill_in, rule)
    if random.random() < 0.3:
        path += f"?{random.choice(FIELDS)}={random.choice(('2026-03-09', 'x', '1', '%00', '%ff', '9' * 40))}"
    return path


def send(random: Random, browser: Visitor, method: str, path: str, ids: tuple[str, ...]) -> tuple[int, bytes]:
    """One request, with some fields; mostly with a valid token. The whole answer, its headers among it."""
    data = {random.choice(FIELDS): random.choice((*VALUES, random.choice(ids))) for _ in range(random.randrange(6))}
    if random.random() < 0.9:
        data["csrf_token"] = browser.token()
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if random.random() < 0.3 else {}
    client: FlaskClient = browser.client
    response = client.open(path, method=method, data=data if method == "POST" else None, headers=headers)
    answer = response.status_code, str(response.headers).encode() + response.get_data()
    response.close()
    return answer


@pytest.fixture
def world(app: Flask, cast: Cast, mailbox: Mailbox) -> Iterator[World]:
    """The world, and a box for the mail that chance brings about."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield fill(cast)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    db.session.rollback()
    mailbox.take()


def test_no_answer_holds_anothers_text(app: Flask, world: World, visit: Visit) -> None:
    seen = soak(app, world, visit, 750, NOW.day)
    assert seen["200"] > 50, seen
    for name in ("mediator", "parent_a", "upstairs"):  # these do read, so that there is something to find
        path = (
            f"/caseload/{world.ids[0]}"
            if name == "mediator"
            else f"/trials/{world.ids[name == 'upstairs']}/days/2026-03-09"
        )
        answer = visit(world.people[name]).client.get(path).get_data()
        assert judge(world, name, 200, answer, path)
        with pytest.raises(AssertionError, match="zq"):
            judge(world, "nobody", 200, answer, path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_a_million_requests(app: Flask, world: World, visit: Visit, seed: int) -> None:
    """A hundred thousand at a time, on each of the two databases: they may be run side by side."""
    seed += 100 * (db.engine.dialect.name == "postgresql")
    print(seed, soak(app, world, visit, 100_000, seed), flush=True)
