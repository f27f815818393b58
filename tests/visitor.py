"""A browser without a screen: fetches pages as one person, and checks each page that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.page import Page
from tracker import clock
from tracker.db import db
from tracker.people import devices, memberships
from tracker.people.model import Person

BUDGETS = {"party": 8, "mediator": 12, "programme": 12, "guest": 8, "front": 8}


class Client(FlaskClient):
    """Forgets, before each request, what the one before left in `g`: a test's app context outlives its requests."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        """Send one request."""
        vars(g).clear()
        return super().open(*args, **more)


class Visitor:
    """One person's browser; nobody's if `person` is none. Every page it gets has passed the page checks."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client = Client(app, app.response_class, use_cookies=True)
        if person is not None:
            staff = bool(memberships.roles_of(person.id))
            token, _device = devices.begin(person, clock.now(), staff=staff, proved=staff)
            with self.client.session_transaction() as session:
                session["_user_id"] = token
                session["_fresh"] = True

    def get(self, url: str, expect: int = 200, *, htmx: bool = False, **more: Any) -> Page:
        """Fetch a page or, as htmx would, its block. Fails on another status, a bad page, too many queries."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
        with counted() as statements:
            response = self.client.get(url, headers=headers | more.pop("headers", {}), **more)
        self._within_budget(url, statements)
        return self._page(response, expect, whole=not htmx)

    def post(
        self, url: str, data: dict[str, Any] | None = None, expect: int = 303, *, htmx: bool = False, **more: Any
    ) -> Page:
        """Send a form with a valid CSRF token; a redirect is not followed: see `Page.location`."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
        data = {"csrf_token": self.token()} | (data or {})
        response = self.client.post(url, data=data, headers=headers | more.pop("headers", {}), **more)
        return self._page(response, expect, whole=not htmx)

    def submit(self, page: Page, action: str, expect: int = 303, button: str | None = None, **values: Any) -> Page:
        """Fill in the form whose action ends with `action`, as a person would, and send it."""
        url, fields = page.form(action, button)
        return self.post(url, fields | values, expect)

    def follow(self, page: Page) -> Page:
        """The page that a redirect leads to."""
        assert page.location, f"no redirect from {page.url}"
        return self.get(page.location)

    def token(self) -> str:
        """A CSRF token of this browser's session."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", "0" * 40)
        return str(URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token").dumps(raw))

    def _page(self, response: TestResponse, expect: int, *, whole: bool) -> Page:
        page = Page(response)
        assert page.status == expect, f"{page.url}: {page.status} instead of {expect}\n{page.text[:2000]}"
        if page.is_html and page.html:
            page.check(whole=whole)
        return page

    def _within_budget(self, url: str, statements: list[str]) -> None:
        with self.app.test_request_context(url) as context:
            blueprint = context.request.blueprint or ""
        budget = BUDGETS.get(blueprint)
        if budget is not None:
            assert len(statements) <= budget, f"{url}: {len(statements)} queries\n" + "\n".join(statements)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that reach the database inside, without those that begin and end transactions."""
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        waits = "pg_advisory_xact_lock" in statement  # asks for no data: a turn in a queue, as BEGIN is on SQLite
        if not waits and statement.split(maxsplit=1)[0].upper() not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
