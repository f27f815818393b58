"""For each audience of a preparation, for caucus notes and for held options: what each kind of reader sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.conftest import NOW
from tests.visitor import Visitor
from tracker.interchange.dump import dump
from tracker.interchange.write import trial_document
from tracker.people.model import Person
from tracker.returns import carry, caucus
from tracker.summaries import release
from tracker.trials import find
from tracker.trials.find import Here

Visit = Callable[[Person | None], Visitor]
WORDS = {"me": "lantern for me", "mediator": "harbour for her", "summary": "meadow for all"}
ITEM = {"me": "goals", "mediator": "options", "summary": "phrases"}
CAUCUS, HELD = "thistle said alone", "walnut to be carried"


def _write(cast: Cast, visit: Visit) -> Here:
    """Parent A prepares one item for each audience; the mediator notes something about A and asks A about an option."""
    browser = visit(cast.parent_a)
    for audience, text in WORDS.items():
        page = browser.get(f"/trials/{cast.parenting.id}/preparations/{ITEM[audience]}")
        browser.submit(page, f"/preparations/{ITEM[audience]}", text=text, audience=audience)
    here = find.by_id(cast.parenting.id)
    assert here is not None
    caucus.note(here, here.parties[0], cast.mediator.id, CAUCUS, NOW)
    carry.ask(here, here.parties[0], HELD, NOW)
    return here


def _texts(browser: Visitor, *urls: str) -> str:
    """Everything that this reader gets from these addresses, whatever the status."""
    return "\n".join(browser.client.get(url).get_data(as_text=True) for url in urls)


def _seen(text: str) -> set[str]:
    names = WORDS | {"caucus": CAUCUS, "held": HELD}
    return {name for name, words in names.items() if words in text}


def _party_pages(trial: UUID) -> list[str]:
    items = [f"/trials/{trial}/preparations/{item}" for item in ITEM.values()]
    return [f"/trials/{trial}/prepare", f"/trials/{trial}/summary", f"/trials/{trial}/more", *items]


def _everything(trial: UUID) -> list[str]:
    desk = [f"/caseload/{trial}{page}" for page in ("", "/way-back", "/memorandum", "/summary", "/releases")]
    return [*_party_pages(trial), *desk, f"/guest/trials/{trial}", f"/shared/{trial}", "/caseload", "/"]


def test_before_the_release(cast: Cast, visit: Visit) -> None:
    trial = _write(cast, visit).trial.id
    assert _seen(_texts(visit(cast.parent_a), *_party_pages(trial))) == {*WORDS, "held"}
    assert _seen(_texts(visit(cast.mediator), *_everything(trial))) == {"mediator", "summary", "caucus", "held"}
    for other in (cast.parent_b, cast.other_mediator, cast.outsider, cast.administrator, cast.guest, cast.stranger):
        assert _seen(_texts(visit(other), *_everything(trial))) == set(), other.name
    assert _seen(_texts(visit(None), *_everything(trial))) == set()


def test_after_the_release_and_after_its_withdrawal(cast: Cast, visit: Visit) -> None:
    here = _write(cast, visit)
    release.release(here, cast.mediator.id, NOW)
    other = visit(cast.parent_b)
    assert _seen(_texts(other, *_everything(here.trial.id))) == {"summary"}
    for reader in (cast.other_mediator, cast.outsider, cast.administrator, cast.guest):
        assert _seen(_texts(visit(reader), *_everything(here.trial.id))) == set(), reader.name
    release.withdraw(here, NOW)
    assert _seen(_texts(other, *_everything(here.trial.id))) == set()


def test_taking_a_word_back_counts_at_once(cast: Cast, visit: Visit) -> None:
    here = _write(cast, visit)
    release.release(here, cast.mediator.id, NOW)
    author = visit(cast.parent_a)
    page = author.get(f"/trials/{here.trial.id}/preparations/phrases")
    author.submit(page, "/preparations/phrases", audience="me")
    assert _seen(_texts(visit(cast.parent_b), *_everything(here.trial.id))) == set()
    assert "summary" not in _seen(_texts(visit(cast.mediator), *_everything(here.trial.id)))


def test_only_its_authors_yes_carries_an_option(cast: Cast, visit: Visit) -> None:
    trial = _write(cast, visit).trial.id
    author, other, mediator = visit(cast.parent_a), visit(cast.parent_b), visit(cast.mediator)
    option = carry.for_mediator(trial)[0].id
    for answer, reaches in (("", False), ("declined", False), ("agreed", True)):
        if answer:
            page = author.get(f"/trials/{trial}/prepare")
            author.post(f"/trials/{trial}/options/{option}/answers", {"answer": answer})
            assert page.has(HELD)
        mediator.post(f"/caseload/{trial}/options/{option}/carryings")
        assert ("held" in _seen(_texts(other, *_party_pages(trial)))) is reaches
    author.post(f"/trials/{trial}/options/{option}/answers", {"answer": "declined"})
    assert author.get(f"/trials/{trial}/prepare").has("carried it over")
    other.post(f"/trials/{trial}/options/{option}/answers", {"answer": "agreed"}, 404)  # not theirs to answer


def test_files_hold_none_of_it(cast: Cast, visit: Visit) -> None:
    here = _write(cast, visit)
    release.release(here, cast.mediator.id, NOW)
    assert _seen(json.dumps(trial_document(dump(here)), default=str)) == set()
    author = visit(cast.parent_a)
    page = author.get(f"/trials/{here.trial.id}/my-data")
    assert _seen(page.text) == set()


@pytest.mark.parametrize("typed", [{"audience": "everybody"}, {"text": "x" * 2001, "audience": "me"}])
def test_what_is_wrong_comes_back_as_typed(cast: Cast, visit: Visit, typed: dict[str, str]) -> None:
    page = visit(cast.parent_a).post(
        f"/trials/{cast.parenting.id}/preparations/goals", {"text": "keep this"} | typed, 422
    )
    assert page.has(typed.get("text", "keep this"))
