"""No clock tells the other party anything either: their pages take the same work, whatever was done before the release.

Seconds cannot be compared on a machine that does other things too. Counted are the statements that reach the database,
word for word, and every function that Python calls meanwhile, for what is fetched and then left out costs calls.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

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
def calls() -> Iterator[Counter[str]]:
    """How many functions are called inside."""
    count: Counter[str] = Counter()

    def note(frame: FrameType, what: str, _argument: object) -> None:
        if what.endswith("call") and DRIVER not in frame.f_code.co_filename:
            count["calls"] += 1

    gc.disable()
    sys.setprofile(note)
    try:
        yield count
    finally:
        sys.setprofile(None)
        gc.enable()


def work(app: Flask, browser: Visitor, addresses: list[str]) -> Work:
    """For each page what it asked of the database, in a session of its own as each request has, and of Python.

    Looked at twice, and the lesser counts: what other tests left behind is tidied up in the middle of somebody's page.
    """
    done: Work = {}
    for address in addresses * 2:
        with app.app_context(), counted() as statements, calls() as count:
            browser.client.get(address)
        _, least = done.get(address, (statements, count["calls"]))
        done[address] = (statements, min(least, count["calls"]))
    return done


def test_the_other_partys_pages_take_the_same_work(app: Flask, cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    other, addresses = visit(cast.parent_b), [*paths(app, cast.parenting), "/places", "/devices"]
    work(app, other, addresses)  # what is made once is made
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
