"""No clock tells the other party anything either: their pages take the same work, whatever was done before the release.

Seconds cannot be compared on a machine that does other things too. Counted are the statements that reach the database,
word for word, and every function that Python calls meanwhile, for what is fetched and then left out costs calls.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from types import CodeType
from typing import Any

from flask import Flask

from tests.cast import Cast
from tests.mailbox import Mailbox
from tests.party.test_nothing_to_infer import DEEDS, paths
from tests.visitor import Visitor, counted
from tracker.db import db

Visit = Callable[..., Visitor]
Work = dict[str, tuple[list[str], int]]
DRIVER = "psycopg"  # prepares a statement when it has seen it often enough, whatever is in it
ROOM = 10  # calls that chance may add, of the thousands that a page takes; one row more takes about a hundred


@contextmanager
def calls() -> Iterator[Profile]:
    """The functions that are called inside: see `number`."""
    profile = Profile()
    gc.disable()
    profile.enable()
    try:
        yield profile
    finally:
        profile.disable()
        gc.enable()


def number(profile: Profile) -> int:
    """How often a function was called, Python's own among them, but for those of the driver and what these call."""
    stats: Any = profile  # its type knows nothing of what it counts
    found = 0
    for one in stats.getstats():
        if isinstance(one.code, CodeType) and DRIVER not in one.code.co_filename:
            found += one.callcount + sum(sub.callcount for sub in one.calls or () if isinstance(sub.code, str))
    return found


def work(app: Flask, browser: Visitor, addresses: list[str]) -> Work:
    """For each page what it asked of the database, in a session of its own as each request has, and of Python.

    Looked at twice, and the lesser counts: what other tests left behind is tidied up in the middle of somebody's page.
    """
    done: Work = {}
    for address in addresses * 2:
        with app.app_context(), counted() as statements, calls() as profile:
            browser.client.get(address)
        _, least = done.get(address, (statements, number(profile)))
        done[address] = (statements, min(least, number(profile)))
    return done


def test_the_other_partys_pages_take_the_same_work(app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    other, addresses = visit(cast.parent_b), [*paths(app, cast.parenting), "/places", "/devices"]
    for address in addresses:  # what is made once is made
        with app.app_context():
            other.client.get(address)
    before = work(app, other, addresses)
    for deed in DEEDS:
        deed(cast)
    db.session.rollback()
    work(app, other, addresses[:1])  # a connection is made, if need be
    after = work(app, other, addresses)
    for address, (statements, count) in before.items():
        assert after[address][0] == statements, address
        assert abs(after[address][1] - count) <= ROOM, f"{address}: {count} calls, then {after[address][1]}"
    mailbox.take()
