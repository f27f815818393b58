"""The memorandum: put to both, sent back by one, written anew, accepted by both, and printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.cast import Cast
from tests.mediator.keeping import note, rated
from tests.visitor import Visitor
from tracker.people.model import Person

Visit = Callable[[Person | None], Visitor]


def test_from_a_draft_to_what_both_accept(cast: Cast, visit: Visit) -> None:
    desk, trial = f"/caseload/{cast.parenting.id}/memorandum", f"/trials/{cast.parenting.id}/memorandum"
    mediator, a, b = visit(cast.mediator), visit(cast.parent_a), visit(cast.parent_b)
    a.get(trial, 404)
    mediator.submit(mediator.get(desk), "/memorandum", text="Handoffs at the library.\n\nHomework first.")
    a.submit(a.get(trial), "/answers", button="Accept this version")
    b.submit(b.get(trial), "/answers", 422, button="Send it back", text="")
    b.submit(b.get(trial), "/answers", button="Send it back", text="Not on Fridays")
    assert mediator.get(desk).has("Parent B sent it back Not on Fridays")
    assert not a.get(trial).has("Not on Fridays")
    old = b.get(trial)
    mediator.submit(mediator.get(desk), "/memorandum", 422)  # the same text is no new version
    mediator.submit(mediator.get(desk), "/memorandum", text="Handoffs at the library.")
    assert old.has("Version 1")
    assert a.get(trial).has("not yet"), "an answer to version 1 is none to version 2"
    for browser in (a, b):
        page = browser.post(f"{trial}/answers", {"version": "1", "answer": "returned", "text": "Not there."}, 422)
        assert page.has("There is a newer version.")
        assert page.has("Not there."), "what was typed about the earlier one is not lost"
        browser.submit(browser.get(trial), "/answers", button="Accept this version")
    assert not a.get(trial).has("not yet")
    for browser, url in ((a, trial), (mediator, desk)):
        paper = browser.client.get(f"{url}.pdf")
        assert paper.status_code == 200
        assert paper.data.startswith(b"%PDF")


def test_a_memorandum_that_was_sent_back_waits_for_the_mediator(cast: Cast, visit: Visit) -> None:
    base, trial = f"/caseload/{cast.parenting.id}", f"/trials/{cast.parenting.id}/memorandum"
    mediator, b = visit(cast.mediator), visit(cast.parent_b)
    assert mediator.get(f"{base}/return-session").has("Write a memorandum")
    mediator.submit(mediator.get(f"{base}/memorandum"), "/memorandum", text="Handoffs at the library.")
    page = mediator.get(f"{base}/return-session")
    assert page.has("A memorandum is with both parties.")
    assert not page.has("Write a memorandum"), "there is one"
    sent_back = "Parent B sent the memorandum back on Tue 10 Mar"
    assert not mediator.get("/caseload").has(sent_back)
    b.submit(b.get(trial), "/answers", button="Send it back", text="Not on Fridays")
    assert mediator.get("/caseload").has(sent_back)
    page = mediator.get(base)
    assert page.has(sent_back)
    assert page.has("Parent B sent version 1 of the memorandum back Not on Fridays")
    mediator.submit(mediator.get(f"{base}/memorandum"), "/memorandum", text="Handoffs at the school.")
    assert not mediator.get("/caseload").has(sent_back), "another version waits for their answer"
    assert mediator.get(base).has("Parent B sent version 1 of the memorandum back")


def test_the_draft_is_what_both_kept_in_their_own_words(cast: Cast, visit: Visit) -> None:
    for n in range(2, 10):
        note(cast, cast.parent_a, cast.parenting, date(2026, 3, n), answers=rated("kept", "kept", "partly"))
        note(cast, cast.parent_b, cast.parenting, date(2026, 3, n), answers=rated("kept", "not_kept", "partly"))
    page = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/memorandum")
    assert page.has("Suggested are the terms that both kept.")
    assert [area.text for area in page.all("textarea")] == ["Lights out by 20:30 on school nights"]
