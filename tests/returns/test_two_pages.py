"""A topic of the preparation that is open on two pages, or on two devices: neither undoes what the other changed."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cast import Cast
from tests.page import Page
from tests.party.day import url
from tests.visitor import Visitor
from tracker.db import db
from tracker.returns.model import Preparation

Visit = Callable[..., Visitor]
Fields = dict[str, object]


def test_a_text_stays_at_its_place(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    _press(cast, phone, _open(cast, phone), {"text-2": "Can we write this down?"})
    assert _texts(cast, phone) == ["", "", "Can we write this down?"]
    assert phone.get(url(cast.parenting, "prepare")).has("Can we write this down?")


def test_what_was_kept_before_places_counted_is_read(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    _press(cast, phone, _open(cast, phone), {"text-0": "Ten minutes.", "text-1": "When plans change."})
    row = db.session.query(Preparation).one()
    row.texts, row.typed_on = json.dumps(["Ten minutes.", "When plans change."]), None
    db.session.commit()
    assert _texts(cast, phone) == ["Ten minutes.", "When plans change.", ""]


def test_an_old_page_does_not_undo_what_another_one_wrote(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    old, new = _open(cast, phone), _open(cast, phone)
    _type(cast, phone, new, {"text-0": "I need ten minutes."})
    assert _type(cast, phone, old, {"text-1": "When plans change on the day."}).startswith("Saved at")
    assert _texts(cast, phone) == ["I need ten minutes.", "When plans change on the day.", ""]
    _press(cast, phone, old, {"text-1": "When plans change on the day."})  # nothing is new there
    assert _texts(cast, phone) == ["I need ten minutes.", "When plans change on the day.", ""]


def test_the_same_place_on_both_pages_is_shown_with_both(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    old, new = _open(cast, phone), _open(cast, phone)
    _type(cast, phone, new, {"text-0": "I need ten minutes."})
    typed: Fields = {"text-0": "Please stop.", "text-2": "Can we write this down?"}
    said = _type(cast, phone, old, typed)
    assert "You changed this on another page or device." in said
    assert _texts(cast, phone) == ["I need ten minutes.", "", "Can we write this down?"]
    page = _press(cast, phone, old, typed, 422)
    assert page.has("On another page or device you wrote: “I need ten minutes.”")
    assert _fields(page)["text-0"] == "Please stop."
    assert _fields(page)["text-2"] == "Can we write this down?"
    _press(cast, phone, page)
    assert _texts(cast, phone) == ["Please stop.", "", "Can we write this down?"]


def test_a_page_goes_on_with_its_own_words_also_when_an_answer_to_it_was_lost(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    page = _open(cast, phone)
    for text in ("I need", "I need ten", "Ten minutes", ""):
        assert _type(cast, phone, page, {"text-0": text}).startswith("Saved at")
        assert _texts(cast, phone)[0] == text


def test_what_is_typed_for_fewer_does_not_come_to_more(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    _press(cast, phone, _open(cast, phone), {"text-0": "Ten minutes.", "audience": "me"})
    old, new = _open(cast, phone), _open(cast, phone)
    _press(cast, phone, new, {"audience": "summary"})
    assert "not saved yet" in _type(cast, phone, old, {"text-1": "For me alone."})
    page = _press(cast, phone, old, {"text-1": "For me alone."}, 422)
    assert page.has("Who may read this: another page or device says “The summary”.")
    assert (_fields(page)["audience"], _fields(page)["text-1"]) == ("me", "For me alone.")
    assert "For me alone." not in db.session.query(Preparation).populate_existing().one().texts
    _press(cast, phone, page)
    row = db.session.query(Preparation).populate_existing().one()
    assert (row.audience, "For me alone." in row.texts) == ("me", True)


def test_a_text_that_is_too_long_leaves_the_page_on_what_it_was_based_on(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    old, new = _open(cast, phone), _open(cast, phone)
    _type(cast, phone, new, {"text-0": "I need ten minutes."})
    page = _press(cast, phone, old, {"text-1": "x" * 501}, 422)
    _press(cast, phone, page, {"text-1": "x"})
    assert _texts(cast, phone) == ["I need ten minutes.", "x", ""]


def test_an_id_that_is_none_is_as_none(cast: Cast, visit: Visit) -> None:
    phone = visit(cast.parent_a)
    for page in ("", "nothing", f"{'0' * 32} {'0' * 12}"):
        _press(cast, phone, _open(cast, phone), {"page": page, "text-0": page or "empty"})
        assert _texts(cast, phone)[0] == (page or "empty")


def _open(cast: Cast, phone: Visitor) -> Page:
    return phone.get(url(cast.parenting, "prepare/phrases"))


def _fields(page: Page) -> Fields:
    return page.form("/prepare/phrases")[1]


def _press(cast: Cast, phone: Visitor, shown: Page, typed: Fields | None = None, expect: int = 303) -> Page:
    return phone.post(url(cast.parenting, "prepare/phrases"), _fields(shown) | (typed or {}), expect)


def _type(cast: Cast, phone: Visitor, page: Page, typed: Fields) -> str:
    """As the page does by itself; what it says then."""
    data = _fields(page) | typed | {"typing": "yes", "csrf_token": phone.token()}
    return phone.client.post(url(cast.parenting, "prepare/phrases"), data=data).get_data(as_text=True)


def _texts(cast: Cast, phone: Visitor) -> list[object]:
    fields = _fields(_open(cast, phone))
    return [fields[f"text-{n}"] for n in range(3)]
