"""Who sees which note: on the summary's page, on a day's page, on every paper, in every file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.cli.command import tracker as type_it
from tests.conftest import NOW
from tests.documents.reading import pdf_text
from tests.mailbox import Mailbox
from tests.mediator.keeping import note
from tests.visitor import Visitor
from tracker.cases import feeds
from tracker.cases.model import GuestConsent, Party
from tracker.db import db
from tracker.people.model import Person
from tracker.summaries import release
from tracker.trials import find

Visit = Callable[..., Visitor]
TUESDAY = date(2026, 3, 3)
MARKERS = {
    f"{who}-{audience}": f"Written by {who} {audience} only."
    for who in "AB"
    for audience in ("me", "mediator", "summary")
}
SUMMARY = {"A-summary", "B-summary"}
UNSAFE = "Words about safety."


@pytest.fixture
def told(cast: Cast, visit: Visit, mailbox: Mailbox) -> Cast:
    """Both parties wrote a note for each audience, all about one day; Parent A told the mediator about safety."""
    for who, person in (("A", cast.parent_a), ("B", cast.parent_b)):
        for audience in ("me", "mediator", "summary"):
            answers = {"at": "2026-03-03T12:00:00-05:00", "type": "happened"}
            note(
                cast,
                person,
                cast.parenting,
                TUESDAY,
                kind="moment",
                answers=answers,
                text=MARKERS[f"{who}-{audience}"],
                audience=audience,
            )
    browser, url = visit(cast.parent_a), f"/trials/{cast.parenting.id}/safety"
    browser.submit(browser.get(url), "safety", text=UNSAFE)
    (told,) = mailbox.take()  # that something needs the mediator's attention, and not what
    assert UNSAFE not in told.as_string()
    return cast


def seen(visit: Visit, person: Person | None, path: str) -> set[str] | None:
    """Which notes this person finds there; None where there is no such page for them."""
    answer = visit(person).client.get(path)
    if answer.status_code != 200:
        assert answer.status_code in (303, 404), answer.status_code
        assert not _found(answer.get_data(as_text=True))
        return None
    assert answer.headers["Cache-Control"] == "no-store"
    text = pdf_text(answer.data) if answer.mimetype == "application/pdf" else answer.get_data(as_text=True)
    assert UNSAFE not in text
    return _found(text)


def _found(text: str) -> set[str]:
    return {name for name, words in MARKERS.items() if words in text}


def surfaces(trial: UUID) -> dict[str, tuple[str, ...]]:
    """Every place at which the accounts of a trial can be read, by whose it is."""
    day = f"days/{TUESDAY}"
    return {
        "mediator": tuple(
            f"/caseload/{trial}/{page}"
            for page in ("summary", "summary?present=yes", f"summary/{day}", "summary.pdf", "releases")
        ),
        "party": tuple(f"/trials/{trial}/{page}" for page in ("summary", f"summary/{day}", "summary.pdf")),
        "guest": (f"/shared/{trial}", f"/shared/{trial}/{day}", f"/shared/{trial}/summary.pdf"),
    }


def strangers(cast: Cast) -> tuple[Person | None, ...]:
    """Whoever has no part in the case, or no part in its content."""
    return (None, cast.other_mediator, cast.outsider, cast.administrator, cast.stranger, cast.upstairs)


def free(trial: UUID, visit: Visit, readers: tuple[Person | None, ...], group: str) -> set[frozenset[str] | None]:
    """All different answers that these readers get in these places."""
    found = (seen(visit, person, path) for person in readers for path in surfaces(trial)[group])
    return {None if one is None else frozenset(one) for one in found}


def give_out(cast: Cast) -> None:
    found = find.by_id(cast.parenting.id)
    assert found is not None
    release.release(found, cast.mediator.id, NOW)


def test_the_mediator_finds_what_was_marked_for_the_summary_and_nothing_else(told: Cast, visit: Visit) -> None:
    trial = told.parenting.id
    assert free(trial, visit, (told.mediator,), "mediator") == {frozenset(SUMMARY)}
    assert seen(visit, told.mediator, f"/caseload/{trial}/agenda.pdf") == set()
    assert seen(visit, told.mediator, f"/caseload/{trial}/attendance.pdf?party=A&day=2026-03-02") == set()


def test_before_the_release_nobody_else_finds_anything(told: Cast, visit: Visit) -> None:
    trial = told.parenting.id
    parties, guest = (told.parent_a, told.parent_b), (told.guest,)
    assert free(trial, visit, parties, "party") == {frozenset(), None}
    assert free(trial, visit, guest, "guest") == {frozenset(), None}
    for group in ("mediator", "guest"):
        assert free(trial, visit, parties, group) == {None}
    assert free(trial, visit, guest, "party") == {None}


def test_after_the_release_parties_and_guest_find_what_was_marked(told: Cast, visit: Visit) -> None:
    give_out(told)
    trial = told.parenting.id
    assert free(trial, visit, (told.parent_a, told.parent_b), "party") == {frozenset(SUMMARY)}
    assert free(trial, visit, (told.guest,), "guest") == {frozenset(SUMMARY)}


def test_what_was_marked_after_the_release_is_not_in_it(told: Cast, visit: Visit) -> None:
    give_out(told)
    words = "Written after it was given out."
    note(told, told.parent_b, told.parenting, date(2026, 3, 9), text=words, audience="summary", at=NOW)
    trial = told.parenting.id
    for person, group in ((told.parent_a, "party"), (told.guest, "guest")):
        for path in surfaces(trial)[group]:
            answer = visit(person).client.get(path)
            text = pdf_text(answer.data) if path.endswith(".pdf") else answer.get_data(as_text=True)
            assert words not in text
    assert words in visit(told.mediator).get(f"/caseload/{trial}/summary").text


def test_after_the_withdrawal_of_the_release_nothing_is_left(told: Cast, visit: Visit) -> None:
    give_out(told)
    found = find.by_id(told.parenting.id)
    assert found is not None
    release.withdraw(found, NOW)
    assert free(told.parenting.id, visit, (told.parent_a, told.parent_b), "party") == {frozenset(), None}
    assert free(told.parenting.id, visit, (told.guest,), "guest") == {frozenset(), None}


def test_a_guest_without_both_parties_yes_finds_nothing(told: Cast, visit: Visit) -> None:
    give_out(told)
    consent = db.session.query(GuestConsent).first()
    assert consent is not None
    consent.withdrawn_at = NOW
    db.session.commit()
    assert free(told.parenting.id, visit, (told.guest,), "guest") == {None}


def test_strangers_find_nothing_at_any_time(told: Cast, visit: Visit) -> None:
    trial = told.parenting.id
    give_out(told)
    for group in ("mediator", "party", "guest"):
        assert free(trial, visit, strangers(told), group) == {None}
    for person in strangers(told):
        assert seen(visit, person, f"/trials/{trial}/account.pdf") is None


def test_a_party_takes_along_all_of_its_own_and_nothing_of_the_other(told: Cast, visit: Visit) -> None:
    trial = told.parenting.id
    for who, person in (("A", told.parent_a), ("B", told.parent_b)):
        own = {f"{who}-{audience}" for audience in ("me", "mediator", "summary")}
        assert seen(visit, person, f"/trials/{trial}/account.pdf") == own
        assert seen(visit, person, f"/trials/{trial}/my-data/trial.json") == own
    assert seen(visit, told.mediator, f"/trials/{trial}/account.pdf") is None


def test_the_summary_file_holds_no_words_and_the_trial_file_says_for_whom_each_is(told: Cast) -> None:
    trial = str(told.parenting.id)
    for option in ((), ("--json",)):
        assert not _found(type_it("summary", trial, *option).out)
    observations = json.loads(type_it("export", trial).out)["observations"]
    said = {one["note"]: one["audience"] for one in observations}
    assert {said[words] for name, words in MARKERS.items() if name.endswith("-me")} == {"me"}
    assert UNSAFE not in type_it("export", trial).out


def test_the_calendar_feed_holds_no_note(told: Cast, visit: Visit) -> None:
    party = db.session.query(Party).filter_by(case_id=told.parenting.case_id, key="A").one()
    token = feeds.renew(party, NOW, plain=True).token
    db.session.commit()
    assert seen(visit, None, f"/calendar-feeds/{token}.ics") == set()
