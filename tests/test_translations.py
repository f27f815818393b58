"""A language is added by the project's own command; pages then speak it, and messages to whoever reads it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from flask import Flask

from tests.cast import Cast
from tests.checkins.evening import tick
from tests.conftest import NOW
from tests.front.signing_in import ask
from tests.mailbox import Mailbox, code_in
from tests.page import Page
from tests.returns.test_session import WHEN
from tests.visitor import Visitor
from tracker.cases import feeds, guests
from tracker.config import ROOT
from tracker.keeping.retention import Told
from tracker.pages import languages, purge_words
from tracker.people import persons
from tracker.people.model import Person

Visit = Callable[..., Visitor]
Travel = Callable[[datetime], None]
SOME = (
    *("templates/front", "templates/emails"),
    *("tracker/pages/front", "tracker/pages/device", "tracker/plans/catalogue", "tracker/cases"),
)
SAID = {
    "You have a reminder.": "لديك تذكير.",  # in a message
    "A new sign-in": "تسجيل دخول جديد",
    "Something needs your attention": "هناك ما يحتاج إلى انتباهك",
    "An entry for your calendar": "موعد لتقويمك",
    "Reminders": "تذكيرات",  # in a calendar
    "Language": "اللغة",
    "Your email address": "عنوان بريدك الإلكتروني",  # in a template
    "Write an email address, such as name@example.org.": "اكتب عنوان بريد، مثل name@example.org.",  # in Python
}


def make_messages(tree: Path, *more: str) -> None:
    """The command of the Makefile, in a tree without an environment of its own."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["make", "--silent", "--old-file=.venv/installed", "messages", *more]
    subprocess.run(command, cwd=tree, env=os.environ | {"PATH": path}, check=True, capture_output=True)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the program, with a language of which a few sentences are translated."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("Makefile", "babel.cfg"):
        shutil.copy(ROOT / name, tree)
    for name in SOME:
        shutil.copytree(ROOT / name, tree / name)
    make_messages(tree, "ADD=ar")
    file = tree / "translations/ar/LC_MESSAGES/messages.po"
    with file.open("rb") as begun:
        catalogue = read_po(begun, locale="ar")
    for message, translated in SAID.items():
        catalogue[message].string = translated
    with file.open("wb") as written:
        write_po(written, catalogue)
    make_messages(tree)
    return tree


@pytest.fixture
def app(app: Flask, tree: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The program with these languages."""
    monkeypatch.setattr(languages, "TRANSLATIONS", tree / "translations")
    monkeypatch.setitem(app.extensions, "languages", languages.found())
    monkeypatch.setattr(app.extensions["babel"], "translation_directories", [str(languages.TRANSLATIONS)])
    return app


def reads(visit: Visit, language: str, person: Person | None = None) -> Visitor:
    """A browser that asks for this language."""
    browser = visit(person)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    return browser


def signs_in(browser: Visitor, mailbox: Mailbox) -> str:
    """With a code by mail; the subject of the message that somebody did."""
    ask(browser)
    browser.submit(browser.get("/sign-in/code"), "/sign-in/code", code=code_in(mailbox.one("parent-a@example.org")))
    return str(mailbox.one("parent-a@example.org")["Subject"])


def language_of(page: Page) -> str | None:
    return page.tree.get("lang")


def test_what_people_read_is_collected(tree: Path) -> None:
    with (tree / "build/messages.pot").open("rb") as file:
        found = read_po(file)
    for text in (*SAID, "You have a reminder.", "Emergency, from most mobile phones", "Four-week parenting plan"):
        assert text in found, text


def test_a_page_speaks_the_language_that_the_browser_asks_for(app: Flask) -> None:
    browser = Visitor(app)
    for wanted, lang, way, label in (
        ("ar-EG,ar;q=0.9,en;q=0.5", "ar", "rtl", SAID["Your email address"]),
        ("fr", "en", "ltr", "Your email address"),
    ):
        page = browser.get("/sign-in", headers={"Accept-Language": wanted})
        assert page.has(label)
        assert (page.tree.get("lang"), page.tree.get("dir")) == (lang, way)
        assert page.has("Send me a code"), "what is not translated stays as it is written"
    page = browser.post("/sign-in", {"email": "nobody"}, 422, headers={"Accept-Language": "ar"})
    assert page.has(SAID["Write an email address, such as name@example.org."])


def test_the_language_of_the_first_sign_in_stays_until_another_is_chosen(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    phone, laptop = reads(visit, "ar"), reads(visit, "en")
    for browser in (phone, laptop):
        assert signs_in(browser, mailbox) == SAID["A new sign-in"]
    more = laptop.get(f"/trials/{cast.parenting.id}/more")
    assert language_of(more) == "ar"
    page = laptop.get("/language")
    assert "/language" in more.links()
    assert page.has("English")
    assert page.has("العربية")
    assert page.form("/language")[1]["language"] == "ar"
    laptop.post("/language", {"language": "xx"}, 422)
    page = laptop.follow(laptop.submit(page, "/language", language="en"))
    assert page.has("Your pages and messages are in this language now.")
    assert [language_of(one.get("/devices")) for one in (phone, laptop)] == ["en", "en"]
    assert language_of(reads(visit, "ar", cast.parent_b).get("/devices")) == "ar", "who has chosen none is not asked"


def test_a_message_speaks_its_readers_language(cast: Cast, visit: Visit, mailbox: Mailbox, travel: Travel) -> None:
    for person in (cast.mediator, cast.parent_b):
        persons.speak(person.id, "ar")
    hers = reads(visit, "en", cast.parent_a)
    hers.post(f"/trials/{cast.parenting.id}/safety", {"text": "I am afraid."})
    assert mailbox.one("mediator@example.org")["Subject"] == SAID["Something needs your attention"]
    assert language_of(hers.get("/devices")) == "en"
    travel(datetime(2026, 3, 11, 0, 30, tzinfo=UTC))
    tick()
    found = {mail["To"]: mail["Subject"] for mail in mailbox.take()}
    assert found["parent-b@example.org"] == SAID["You have a reminder."]
    assert found["upstairs@example.org"] == "You have a reminder."


def test_invitations_to_a_session_speak_each_readers_language(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    guest = guests.propose(cast.here(cast.parent_a, cast.parenting).case, "Counsel", "counsel@example.org", NOW)
    for person in (cast.parent_a, cast.parent_b):
        mine = cast.here(person, cast.parenting).party
        assert mine is not None
        guests.allow(cast.here(person, cast.parenting).case, guest.id, mine.id, True, NOW)
    for one in (cast.mediator.id, cast.parent_a.id, guest.person_id):
        persons.speak(one, "ar")
    plan = WHEN | {f"guest-{guest.id}": "yes"}
    reads(visit, "en", cast.mediator).post(f"/caseload/{cast.parenting.id}/return-session", plan)
    found = {mail["To"].partition("@")[0]: mail["Subject"] for mail in mailbox.take()}
    theirs, plain = SAID["An entry for your calendar"], "An entry for your calendar"
    assert found == {"mediator": theirs, "parent-a": theirs, "counsel": theirs, "parent-b": plain}


def test_what_is_sent_while_nobody_looks_speaks_its_readers_language(
    cast: Cast, visit: Visit, mailbox: Mailbox
) -> None:
    for language, subject in (("ar", SAID["You have a reminder."]), (None, "You have a reminder.")):
        assert purge_words.tell(Told("somebody@example.org", language, NOW, cast.parenting.id, mediator=False))
        assert mailbox.one("somebody@example.org")["Subject"] == subject
    party = cast.here(cast.parent_a, cast.parenting).party
    assert party is not None
    feed = feeds.renew(party, NOW)
    for language in ("en", "ar"):
        persons.speak(cast.parent_a.id, language)
        calendar = visit().client.get(f"/calendar-feeds/{feed.token}.ics").text
        assert (SAID["Reminders"] in calendar) is (language == "ar")


def test_who_takes_a_case_over_hears_so_in_their_language(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    persons.speak(cast.other_mediator.id, "ar")
    desk = visit(cast.mediator)
    url, fields = desk.get(f"/caseload/{cast.parenting.id}/parties").form("/handovers")
    desk.post(url, fields | {"to": str(cast.other_mediator.id)})
    assert mailbox.one("other-mediator@example.org")["Subject"] == SAID["Something needs your attention"]


def test_where_there_is_one_language_nobody_is_asked(cast: Cast, visit: Visit, app: Flask) -> None:
    app.extensions["languages"] = ("en",)
    assert "/language" not in visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/more").links()


def test_what_a_browser_keeps_is_kept_for_its_language(app: Flask) -> None:
    assert "Accept-Language" in Visitor(app).client.get("/manifest.webmanifest").headers["Vary"]
