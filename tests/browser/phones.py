"""Phones that are closed, opened again, and now and then without a network: profiles on disk, each with its owner."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.bad_network import BadNetwork
from tests.browser.stage import Stage
from tests.cast import NIGHTS, QUIET, begin, programme_of, proposed
from tests.chromium import find, shell
from tracker import create_app
from tracker.config import load
from tracker.db import db, transaction
from tracker.people import devices
from tracker.people.model import Person

READY = "() => navigator.serviceWorker.controller"
KEPT = """async () => {
  const found = [];
  const bytes = (value) => new TextDecoder("latin1").decode(value);
  const read = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) found.push(bytes(value));
    else if (value instanceof CryptoKey) found.push(`key ${value.extractable}`);
    else if (value && typeof value === "object") Object.entries(value).flat().forEach(read);
    else found.push(String(value));
  };
  const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      for (const one of await Promise.all([answer(all.getAllKeys()), answer(all.getAll())])) read(one);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    found.push(`cache ${name}`);
    for (const request of await (await caches.open(name)).keys()) {
      found.push(request.url, await (await caches.match(request)).text());
    }
  }
  return [...found, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join("\\n");
}"""


@dataclass
class Owner:
    """Somebody with a phone, and their trial, which is on day 9."""

    person: str
    trial: str
    cookie: str
    data: Path

    @contextmanager
    def database(self) -> Iterator[Flask]:
        """The server's own data."""
        app = create_app(load({"DATA": str(self.data)}))
        with app.app_context():
            yield app
            db.session.rollback()
            db.engine.dispose()

    def signs_in(self, *, shared: bool = False) -> str:
        """A new sign-in's cookie."""
        with self.database() as app:
            person = db.session.query(Person).filter_by(name=self.person).one()
            self.cookie = _cookie(app, person, shared=shared)
        return self.cookie

    def sign_in_ends(self) -> None:
        """On the server: the phone does not know yet."""
        with self.database():
            devices.end_all(db.session.query(Person).filter_by(name=self.person).one().id, datetime.now(UTC))


def owners(stage: Stage, template: str, title: str, again: Owner | None = None) -> tuple[Owner, Owner]:
    """Two people in a trial of their own, so that nothing here is in another test's way. The first may be `again`."""
    app = create_app(load({"DATA": str(stage.data)}))
    now = datetime.now(UTC)
    starts_on = now.date() - timedelta(days=8)
    schedule: dict[str, Any] = {"quiet_hours": QUIET}
    if template == "parenting":
        schedule = {"nights": NIGHTS | {"anchor": starts_on.isoformat()}}
    with app.app_context():
        mediator = db.session.query(Person).filter_by(email="mediator@demo.invalid").one()
        programme = programme_of(mediator)
        names = [f"{title} {uuid4().hex[:6]}" for _ in range(2)]
        with transaction() as session:
            people = {name: Person(name=name, email=None, created_at=now) for name in names}
            if again is not None:
                people[names[0]] = session.query(Person).filter_by(name=again.person).one()
            session.add_all(people.values())
            session.flush()
            keyed = [(key, name, "UTC") for key, name in zip("AB", names, strict=True)]
            proposal = proposed(title, template, 28, "UTC", schedule, starts_on)
            trial = begin(programme.id, mediator.id, keyed, people, proposal, now)
        found = [Owner(name, str(trial.id), _cookie(app, people[name]), stage.data) for name in names]
        db.engine.dispose()
    return found[0], found[1]


def _cookie(app: Flask, person: Person, *, shared: bool = False) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # the cookie session's
    token, _device = devices.begin(person, datetime.now(UTC), shared=shared)
    return str(serializer.dumps({"_user_id": token, "_fresh": True}))


class Phone:
    """One profile on disk, behind a network of its own: `open` is a tap on the app's picture, `close` the end of it.

    `whole`: with windows; the engine alone breaks at Exit and at signing out.
    """

    def __init__(self, browser: Browser, network: BadNetwork, *, whole: bool = False) -> None:
        self._type = browser.browser_type
        self._program = find() if whole else shell()
        self.network, self.url = network, network.url
        self._cookie = ""
        self._folder = tempfile.TemporaryDirectory(prefix="meanwhile-phone-")
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        """Start the browser; its first page. It writes cookies down in its own time, so they are given again."""
        self.context = self._type.launch_persistent_context(
            self._folder.name,
            executable_path=self._program,
            args=list(chromium.ARGUMENTS),
            base_url=self.url,
            locale="en-GB",
            **chromium.PHONE,
        )
        self.context.set_default_timeout(20_000)
        self.offline(self.network.down)
        if self._cookie:
            self.sign_in(self._cookie)
        return self.context.pages[0]

    def sign_in(self, cookie: str) -> None:
        """As this person, without the pages in between."""
        assert self.context is not None
        self._cookie, host = cookie, urlsplit(self.url).hostname or ""
        until = (datetime.now(UTC) + timedelta(days=30)).timestamp()
        self.context.add_cookies(
            [{"name": "meanwhile", "value": cookie, "domain": host, "path": "/", "expires": until, "httpOnly": True}]
        )

    def offline(self, off: bool = True) -> None:
        """Airplane mode, on or off. The network itself goes: the browser's own switch does not reach every worker."""
        assert self.context is not None
        self.network.down = off
        for page in self.context.pages:
            page.evaluate("(name) => dispatchEvent(new Event(name))", "offline" if off else "online")

    def close(self) -> None:
        """The browser ends; what is on disk stays."""
        if self.context is not None:
            self.context.close()
            self.context = None

    def break_storage(self) -> Page:
        """The browser ends, and can open nothing of what pages kept in a database when it is back: its first page."""
        self.close()
        for folder in Path(self._folder.name).glob("*/IndexedDB"):
            shutil.rmtree(folder)
            folder.touch()
        return self.open()

    def fill_storage(self) -> Page:
        """The browser starts anew, and lets the app keep nothing more: its first page."""
        self.close()
        page = self.open()
        full = {"origin": self.url, "quotaSize": 1}
        page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", full)
        return page

    def throw_away(self) -> None:
        """Nothing stays."""
        self.close()
        self._folder.cleanup()


ASK = """async (what) => (await new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data);
  navigator.serviceWorker.controller.postMessage({ ask: what }, [port2]);
}))"""


def ask(page: Page, what: str) -> Any:
    """What the worker answers."""
    return page.evaluate(ASK, what)


def until(page: Page, what: str, wanted: Callable[[Any], bool], seconds: int = 40) -> None:
    """Ask the worker again and again until its answer is as wanted."""
    for _ in range(seconds * 10):
        if wanted(ask(page, what)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{what}: {str(ask(page, what))[-3000:]}")


def holds(page: Page, what: str) -> None:
    """Wait until the phone holds something that begins so."""
    page.wait_for_function(READY)
    for _ in range(300):
        if re.search(f"^{what}", page.evaluate(KEPT), re.MULTILINE):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no {what} came")


def ready(page: Page) -> None:
    """Wait until the worker is there and has fetched what a day without a network needs."""
    holds(page, "kit:[0-9a-f]")


def all_sent(page: Page) -> None:
    """Wait until nothing is left, with somebody who looks at the phone now and then: the app tries each time.

    A worker that has no key yet knows of nothing that it could send.
    """
    holds(page, "key ")
    for n in range(1, 600):
        if ask(page, "list") == []:
            break
        page.wait_for_timeout(100)
        if n % 10 == 0:
            page.evaluate("() => dispatchEvent(new Event('online'))")
    assert ask(page, "list") == []
    expect(page.locator("#waiting")).to_be_hidden()
