"""What a mediator hands out: two pages for four weeks, grey as good as colour, a head and a foot."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.cast import Cast, begin, proposed
from tests.conftest import NOW
from tests.documents.reading import pdf_text
from tests.mediator.keeping import note, rated
from tests.visitor import Visitor
from tracker.config import ROOT
from tracker.db import db
from tracker.documents import typeset
from tracker.pages.documents.memorandum import memorandum_document
from tracker.pages.faces import faces
from tracker.returns import preparation, session
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
MONDAY = date(2026, 3, 2)
FOOT = "Prepared for mediation on Tue 10 Mar 2026. May be confidential. Ask your mediator before sharing."


def fetch(browser: Visitor, path: str) -> tuple[PdfReader, str]:
    """A PDF, and its text page by page."""
    answer = browser.client.get(path)
    assert answer.status_code == 200, answer.status_code
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    return PdfReader(io.BytesIO(answer.data)), pdf_text(answer.data)


@pytest.fixture
def four_weeks(cast: Cast) -> Trial:
    """A whole trial of 28 days with five terms, all that a parenting plan has, and a note every other day."""
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    nights = {"pattern": "2-2-3", "A": "A", "B": "B", "handoff_at": "17:30", "place": "School gate"}
    usual = proposed("February", "parenting", 28, "UTC", {"nights": nights}, date(2026, 2, 9))
    more = [{"key": f"more-{n}", "text": "School things and medicine travel with the child"} for n in range(2)]
    plan = replace(usual, terms=[*usual.terms, *more])
    trial = begin(cast.programme.id, cast.mediator.id, names, people, plan, NOW)
    db.session.commit()
    for n in range(28):
        day = trial.starts_on + timedelta(days=n)
        for person in (cast.parent_a, cast.parent_b):
            said = rated("kept", "partly" if n % 3 else "not_kept", "not_today") | {"night": "AB"[n % 2]}
            text = "Called at 19:05, after supper, for two minutes." if n % 3 == 0 else ""
            note(cast, person, trial, day, answers=said, text=text, audience="summary")
    return trial


def test_four_weeks_are_two_pages(cast: Cast, visit: Visit, four_weeks: Trial) -> None:
    for paper in ("a4", "letter"):
        reader, text = fetch(visit(cast.mediator), f"/caseload/{four_weeks.id}/summary.pdf?paper={paper}")
        assert len(reader.pages) == 2
        assert "28 of 28 days" in text
        assert text.count("Called at 19:05") == 20


def test_each_page_says_what_it_is_and_how_to_treat_it(cast: Cast, visit: Visit, four_weeks: Trial) -> None:
    reader, _text = fetch(visit(cast.mediator), f"/caseload/{four_weeks.id}/summary.pdf")
    for number, page in enumerate(reader.pages, 1):
        text = " ".join(page.extract_text().split())
        assert f"Page {number} of 2" in text
        assert FOOT.replace("Tue 10 Mar", "Sun 8 Mar") in text
        assert "February · Four-week parenting plan" in text


def test_paper_is_that_of_the_programmes_country(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY)
    browser, path = visit(cast.mediator), f"/caseload/{cast.parenting.id}/summary.pdf"
    sizes = {"": (612, 792), "?paper=a4": (595, 842), "?paper=letter": (612, 792), "?paper=tabloid": (612, 792)}
    for query, size in sizes.items():
        box = fetch(browser, path + query)[0].pages[0].mediabox
        assert (round(box.width), round(box.height)) == size
    cast.programme.country = "DE"
    db.session.commit()
    assert round(fetch(browser, path)[0].pages[0].mediabox.width) == 595


def test_grey_print_loses_nothing() -> None:
    """Every colour of the papers is dark enough on white when only its lightness is left; marks differ in shape."""
    source = (ROOT / "templates" / "documents" / "_frame.typ").read_text()
    inks = dict(re.findall(r"(ink|soft|first|second)(?: = |: )oklch\((\d+)%", source))
    assert set(inks) == {"ink", "soft", "first", "second"}
    assert all(int(lightness) <= 55 for lightness in inks.values()), "4.5 to 1 on white takes at most 55%"
    drawn = re.findall(r'state == "(\w+)" \{ drawn\((.*)', source)
    shapes = [re.sub(r"drawn\(|[\s{}]", "", shape) for _state, shape in drawn]
    assert len(set(shapes)) == len(shapes) == 8


def test_the_summary_on_paper_is_the_look_that_was_asked_for(cast: Cast, visit: Visit) -> None:
    for n in range(9):
        note(cast, cast.parent_a, cast.parenting, MONDAY + timedelta(days=n))
    browser, path = visit(cast.mediator), f"/caseload/{cast.parenting.id}/summary"
    page = browser.get(path + "?as_of=2026-03-04&term=homework")
    link = next(link for link in page.links() if "summary.pdf" in link)
    _reader, text = fetch(browser, link)
    assert "3 of 3 days 3 on time" in text
    assert "Day by day: Homework done before the handoff" in text
    _reader, text = fetch(browser, f"{path}.pdf?week=2")
    assert "2 of 2 days" in text
    assert "To talk about first" not in text


def test_the_agenda_numbers_at_most_two_topics_and_leaves_room_to_write(cast: Cast, visit: Visit) -> None:
    for n in range(9):
        day = MONDAY + timedelta(days=n)
        note(cast, cast.parent_a, cast.parenting, day, answers=rated("kept", "kept", "kept"))
        note(cast, cast.parent_b, cast.parenting, day, answers=rated("kept", "not_kept", "not_kept"))
    found = cast.here(cast.parent_a, cast.parenting)
    session.arrange(found, session.Arrangement(NOW + timedelta(days=20), "Room 2"))
    _reader, text = fetch(visit(cast.mediator), f"/caseload/{cast.parenting.id}/agenda.pdf")
    assert "For the return session on" in text
    assert "Room 2" in text
    assert "1 Homework done before the handoff Accounts differ on 9 of 9 days that both rated." in text
    assert "2 A call with the other parent at 19:00 Accounts differ on 9 of 9" in text
    assert text.index("Ready to keep") < text.index("Lights out by 20:30")
    assert FOOT not in text  # the reader of the test took it off each page


def test_a_preparation_sheet_is_its_authors_own(cast: Cast, visit: Visit) -> None:
    found = cast.here(cast.parent_a, cast.parenting)
    preparation.save(found, "documents", ["School calendar"], "me", NOW)
    preparation.save(cast.here(cast.parent_b, cast.parenting), "goals", ["Quiet evenings"], "summary", NOW)
    session.arrange(found, session.Arrangement(NOW + timedelta(days=20), "Room 2"))
    reader, text = fetch(visit(cast.parent_a), f"/trials/{cast.parenting.id}/preparation.pdf")
    assert "The return session: Mon 30 Mar, 14:00, Room 2" in text
    assert "Documents to bring Only you can read this. School calendar" in text
    assert "Quiet evenings" not in text
    assert len(reader.pages) == 1


def test_before_the_first_day_there_is_no_paper(cast: Cast, visit: Visit, travel: Callable[[Any], None]) -> None:
    travel(NOW - timedelta(days=9))
    for name in ("summary", "agenda"):
        visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/{name}.pdf", 404)


def test_the_letter_says_that_somebody_took_part_and_nothing_else(cast: Cast, visit: Visit) -> None:
    browser, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    assert f"{url}/documents" in browser.get(url).links()
    assert browser.get(f"{url}/documents").has("Letter of attendance")
    _reader, text = fetch(browser, f"{url}/attendance.pdf?party=A&day=2026-03-09")
    assert "Riverside Mediation Tue 10 Mar 2026 Confirmation of attendance" in text
    assert "Parent A took part in a mediation session with us on Mon 9 Mar 2026." in text
    for secret in ("Parent B", "School weeks", "parenting", "Lights out", "confidential"):
        assert secret not in text


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("day=2026-03-09", "Choose whose letter it is."),
        ("party=C&day=2026-03-09", "Choose whose letter it is."),
        ("party=A", "Choose the day of a session that has taken place."),
        ("party=A&day=2026-03-11", "Choose the day of a session that has taken place."),
        ("party=A&day=0206-03-09", "This is more than a year before the case. Look at the year again."),
        ("party=A&day=soon", "Choose the day of a session that has taken place."),
    ],
)
def test_a_letter_for_nobody_or_about_no_day_is_asked_again(cast: Cast, visit: Visit, query: str, problem: str) -> None:
    assert visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/attendance.pdf?{query}", 422).has(problem)


def test_the_own_account_has_its_history(cast: Cast, visit: Visit) -> None:
    note(cast, cast.parent_a, cast.parenting, MONDAY, answers=rated("kept"), text="First words.", audience="me")
    later = NOW - timedelta(days=7)
    note(cast, cast.parent_a, cast.parenting, MONDAY, answers=rated("partly"), text="Second words.", at=later)
    browser = visit(cast.parent_a)
    assert f"/trials/{cast.parenting.id}/account.pdf" in browser.get(f"/trials/{cast.parenting.id}/my-data").links()
    _reader, text = fetch(browser, f"/trials/{cast.parenting.id}/account.pdf")
    assert "Account of Parent A" in text
    assert "The day · Mon 2 Mar 2026, 20:40 · later replaced by another entry" in text
    assert text.index("“First words.” for me alone") < text.index("“Second words.” for my mediator")
    assert "Lights out by 20:30 on school nights: partly" in text
    assert "item" not in text
    _reader, text = fetch(visit(cast.parent_b), f"/trials/{cast.parenting.id}/account.pdf")
    assert "No entries yet" in text


def test_the_memorandum_says_what_it_is_and_who_accepted_which_version(app: Flask, cast: Cast) -> None:
    """A single topic is enough. Whoever has not accepted yet has a line to sign on."""
    found = cast.here(cast.parent_a, cast.parenting)
    one, other = faces(found.parties)
    with app.test_request_context("/"):
        data = memorandum_document(
            found, "School weeks", 2, [{"text": "Lights out by 20:30", "note": "In bed with the light off"}],
            [{"heading": "Until when", "text": "Until the summer."}], [(one, "Tue 10 Mar 2026"), (other, "")], MONDAY,
        )  # fmt: skip  # read in rows, as it is laid out
    body = typeset.pdf("memorandum", data, NOW)
    assert len(PdfReader(io.BytesIO(body)).pages) == 1
    text = pdf_text(body)
    assert "Version 2. What we choose to go on with, in our own words. 1 Lights out by 20:30" in text
    assert "Until when Until the summer." in text
    for sentence in data["is-lines"]:
        assert sentence in text
    assert text.count("Accepted on") == 1
    assert "Accepted on Tue 10 Mar 2026" in text
