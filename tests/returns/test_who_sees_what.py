"""What is written on the way back, and where it can be read: every page, file and paper, walked as everybody.

Each text holds a word of its own. The table says who may come across which word; product.md, "Who sees what".

Before a release everybody asks for everything. After it `make test` leaves out what the table of routes refuses to
somebody, which has nothing in it to read, as `test_access.py` shows; `make soak` asks everybody for everything again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.access_table import EVERYBODY, TABLE
from tests.cast import Cast
from tests.cli.command import tracker
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.mediator.keeping import note
from tests.test_access import person_of
from tests.visitor import Client, Visitor
from tracker.cases import guests
from tracker.people.model import Person
from tracker.returns import agenda, caucus, memorandum, option, preparation, referral
from tracker.returns.agenda import Topic
from tracker.summaries import release
from tracker.trials import find, safety

Visit = Callable[[Person | None], Visitor]

WORDS = {
    "own goal": "Quillfeather", "for the mediator": "Marmalade", "for the summary": "Tangerine",
    "held option": "Zeppelin", "carried option": "Kaleidoscope", "caucus": "Obsidian", "safety": "Juniper",
    "agenda": "Windmill", "referral": "Lighthouse", "sent back": "Turnstile", "memorandum": "Sundial",
    "note me": "Paprika", "note mediator": "Saffron", "note summary": "Nutmeg",
}  # fmt: skip  # read in rows, as it is laid out
AUTHOR = {
    "own goal", "for the mediator", "for the summary", "held option", "carried option",
    "note me", "note mediator", "note summary", "referral", "memorandum",
}  # fmt: skip  # read in rows, as it is laid out
RELEASED = {"for the summary", "note summary", "agenda"}
OTHER = {"carried option", "memorandum"}
MEDIATOR = set(WORDS) - {"own goal", "note me"}
NOTHING: set[str] = set()


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Parent A wrote everything that can be written; the mediator holds one option and has carried over another."""
    here = cast.here(cast.parent_a, cast.parenting)
    preparation.save(here, "goals", [WORDS["own goal"]], "me", NOW)
    options = [WORDS["held option"], WORDS["carried option"]]
    preparation.save(here, "options", options, "mediator", NOW)
    preparation.save(here, "documents", [WORDS["for the mediator"]], "mediator", NOW)
    preparation.save(here, "phrases", [WORDS["for the summary"]], "summary", NOW)
    desk = find.for_mediator(cast.mediator.id, cast.programme.id, cast.parenting.id)
    assert desk is not None
    assert here.party is not None
    option.hold(desk, here.party.id, options[0], NOW)
    carried = option.hold(desk, here.party.id, options[1], NOW)
    option.ask(desk, carried.id, NOW)
    option.answer(here, carried.id, True, NOW)
    option.carry(desk, carried.id, NOW)
    agenda.write(desk, [Topic(WORDS["agenda"], first=True)], cast.mediator.id, NOW)
    referral.add(desk, here.party.id, WORDS["referral"], "", "", None, NOW)
    memorandum.write(desk, WORDS["memorandum"], cast.mediator.id, NOW)
    memorandum.answer(here, 1, "returned", WORDS["sent back"], NOW)
    caucus.note(desk, here.party.id, WORDS["caucus"], cast.mediator.id, NOW)
    for n, audience in enumerate(("me", "mediator", "summary"), 3):
        note(cast, cast.parent_a, cast.parenting, date(2026, 3, n), text=WORDS[f"note {audience}"], audience=audience)
    safety.feels_unsafe(here, WORDS["safety"], NOW)
    return cast


def _seen(app: Flask, visit: Visit, cast: Cast, role: str, *, everything: bool) -> set[str]:
    """The words that somebody can come across by GET: anywhere, or wherever the table lets them in."""
    text, visitor = [], visit(person_of(cast, role))
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in ("assets.static", "front.enter_demo"):
            continue
        if not everything and role not in TABLE[rule.endpoint]:
            continue
        for url in _addresses(rule.rule, cast):
            response = visitor.client.get(url)
            assert response.status_code < 500, url
            is_paper = response.mimetype == "application/pdf"
            text.append(_paper(response.data) if is_paper else response.get_data(as_text=True))
    whole = "\n".join(text)
    return {name for name, word in WORDS.items() if word in whole}


def _addresses(rule: str, cast: Cast) -> list[str]:
    address = rule.replace("<uuid:trial>", str(cast.parenting.id))
    days = ["2026-03-03", "2026-03-04", "2026-03-05"] if "<day:day>" in address else [""]
    found = [address.replace("<day:day>", day) for day in days]
    topics = preparation.TOPICS if "<topic>" in address else [""]
    found = [one.replace("<topic>", topic) for one in found for topic in topics]
    if address.endswith("attendance.pdf"):
        found = [f"{one}?party=A&day=2026-03-09" for one in found]
    return [one for one in found if "<" not in one]


def _paper(data: bytes) -> str:
    from io import BytesIO

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def _check(app: Flask, visit: Visit, cast: Cast, meant: dict[str, set[str]], *, everything: bool) -> None:
    found = {role: _seen(app, visit, cast, role, everything=everything) for role in sorted(EVERYBODY)}
    assert found == {role: meant.get(role, NOTHING) for role in found}


def test_before_the_release(app: Flask, written: Cast, visit: Visit) -> None:
    meant = {"party": AUTHOR, "mediator": MEDIATOR, "other_party": OTHER}
    _check(app, visit, written, meant, everything=True)


@pytest.mark.parametrize("everything", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["usual", "everything"])
def test_after_the_release_and_after_it_was_withdrawn(
    app: Flask, written: Cast, visit: Visit, everything: bool
) -> None:
    here = written.here(written.parent_a, written.parenting)
    release.release(here, written.mediator.id, NOW)
    meant = {"party": AUTHOR | {"agenda"}, "mediator": MEDIATOR, "other_party": RELEASED | OTHER, "guest": RELEASED}
    _check(app, visit, written, meant, everything=everything)
    release.withdraw(here, NOW)
    again = [_seen(app, visit, written, role, everything=everything) for role in ("other_party", "guest")]
    assert again == [OTHER, NOTHING]


@pytest.mark.parametrize("everything", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["usual", "everything"])
def test_a_guest_reads_only_while_both_say_yes(app: Flask, written: Cast, visit: Visit, everything: bool) -> None:
    here = written.here(written.parent_b, written.parenting)
    release.release(here, written.mediator.id, NOW)
    (guest,) = guests.of_case(here.case.id)
    assert here.party is not None
    guests.allow(here.case, guest.id, here.party.id, False, NOW)
    assert _seen(app, visit, written, "guest", everything=everything) == NOTHING
    guests.allow(here.case, guest.id, here.party.id, True, NOW)
    assert _seen(app, visit, written, "guest", everything=everything) == RELEASED


def test_files_hold_the_observations_and_nothing_else(written: Cast, mailbox: Mailbox) -> None:
    trial = str(written.parenting.id)
    exported, summed = tracker("export", trial).out, tracker("summary", trial, "--json").out
    inside = {name for name, word in WORDS.items() if word in exported}
    assert inside == {"note me", "note mediator", "note summary"}
    assert not any(word in summed for word in WORDS.values())


def test_the_calendar_address_says_nothing(app: Flask, written: Cast, visit: Visit) -> None:
    browser = visit(written.parent_b)
    browser.post(f"/trials/{written.parenting.id}/calendar-feeds", expect=303)
    page = browser.get(f"/trials/{written.parenting.id}/reminders")
    address = next(e.get("value", "") for e in page.all("input") if e.get("type") == "url")
    feed = Client(app, app.response_class).get("/" + address.split("/", 3)[3]).get_data(as_text=True)
    assert "BEGIN:VCALENDAR" in feed
    assert not any(word in feed for word in WORDS.values())
