"""Walking the routes: what stands before each of them lets through, and which pages are there for whoever is let in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, g
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from tests.access_table import TABLE
from tests.life import DAY, Life
from tests.visitor import Visitor
from tracker.db import db
from tracker.documents import typeset
from tracker.pages import summary_figures
from tracker.people import devices, memberships
from tracker.people.model import Person
from tracker.trials import find

Ask = tuple[str, str]  # a role, and the name of a route
LOOK_UPS = (
    (devices, "find"), (memberships, "current_of"), (find, "for_party"), (find, "for_mediator"), (find, "for_guest"),
)  # fmt: skip  # read in rows, as it is laid out
NOTHING, SIGN_IN, LET_IN = "nothing", "asked to sign in", "let in"


class Walk:
    """Everybody's browsers before one trial's routes."""

    def __init__(
        self, app: Flask, visit: Callable[[Person | None], Visitor], life: Life, people: dict[str, UUID | None]
    ) -> None:
        known: dict[str, str] = {"trial": str(life.trial), "day": DAY.isoformat(), "topic": "goals"}
        self._app, self._visit, self._people, self._known = app, visit, people, known
        self._sent = {rule.endpoint: self._request(rule) for rule in app.url_map.iter_rules()}
        self._browsers: dict[str, Visitor] = {}
        assert len(self._sent) == len(list(app.url_map.iter_rules())), "a name belongs to one route"

    def gate(self, endpoints: Iterable[str]) -> dict[Ask, str]:
        """What everybody is told before the route's own view would be asked; the view is not.

        Everything that stands there stands there as for any request, but looks each person up once.
        """
        told: dict[Ask, str] = {}
        self._browsers = {role: self._browser(role) for role in self._people}
        with _looked_up_once():
            for role, browser in self._browsers.items():
                token = browser.token()  # puts it into the session, too
                headers: dict[str, Any] = {"HTTP_COOKIE": _cookie(browser), "HTTP_X_CSRFTOKEN": token}
                for endpoint in endpoints:
                    told[role, endpoint] = self._told(self._sent[endpoint] | headers)
        return told

    def pages(self, endpoints: Iterable[str], gone: frozenset[str]) -> dict[Ask, int]:
        """The status of each page, for everybody for whom it is meant; documents are not set in type for that.

        Everybody has the browser with which they stood before the gate.
        """
        summary_figures.forget()
        found = {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(typeset, "pdf", lambda *_document: b"%PDF")
            for role in sorted(self._people.keys() - gone):
                browser = self._browsers[role]
                for endpoint in endpoints:
                    if self.is_page(endpoint) and role in TABLE[endpoint]:
                        found[role, endpoint] = browser.client.get(self._sent[endpoint]["PATH_INFO"]).status_code
        return found

    def is_page(self, endpoint: str) -> bool:
        """Whether it is read; else something is sent there."""
        return bool(self._sent[endpoint]["REQUEST_METHOD"] == "GET")

    def _browser(self, role: str) -> Visitor:
        id_ = self._people[role]
        return self._visit(db.session.get_one(Person, id_) if id_ else None)

    def _request(self, rule: Rule) -> dict[str, Any]:
        """A request to the route; an id of anything but the trial belongs to nothing."""
        path = re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: self._value(part[1], part[2]), rule.rule)
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        return EnvironBuilder(path, method=method, environ_overrides={"CONTENT_LENGTH": "0"}).get_environ()

    def _value(self, kind: str, name: str) -> str:
        return self._known.get(name) or (str(uuid4()) if kind == "uuid" else "nothing")

    def _told(self, environ: dict[str, Any]) -> str:
        vars(g).clear()  # the test's app context outlives its requests
        with self._app.request_context(environ):
            try:
                answer = self._app.preprocess_request()
            except HTTPException as refused:
                return NOTHING if refused.code == 404 else str(refused)
        if answer is None:
            return LET_IN
        assert isinstance(answer, Response)
        to_sign_in = answer.status_code == 303 and (answer.location or "").startswith("/sign-in")
        return SIGN_IN if to_sign_in else answer.status


def _cookie(browser: Visitor) -> str:
    assert browser.client._cookies is not None
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser.client._cookies.values())


@contextmanager
def _looked_up_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name in LOOK_UPS:
            patch.setattr(module, name, lru_cache(maxsize=None)(getattr(module, name)))
        yield
