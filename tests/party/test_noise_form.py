"""A noise that is over, written down whole; and one that is corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.party.day import stored, url
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
EVENING: dict[str, Any] = {"day": "2026-03-09", "start": "23:15", "end": "00:10"}


@pytest.fixture
def browser(cast: Cast, visit: Visit) -> Visitor:
    return visit(cast.downstairs)


def test_an_end_that_is_not_later_in_the_day_lies_on_the_next(cast: Cast, browser: Visitor) -> None:
    page = browser.get(url(cast.noise, "noise"))
    after = browser.follow(browser.submit(page, "/observations", **EVENING, level="10"))
    (noise,) = stored(cast.noise)
    assert noise.day == date(2026, 3, 9)
    assert noise.answers == {"start": "2026-03-09T23:15:00+01:00", "end": "2026-03-10T00:10:00+01:00", "level": 10}
    assert after.has("Noise, 23:15 to 00:10")


def test_the_three_anchors_stand_beside_the_scale(cast: Cast, browser: Visitor) -> None:
    page = browser.get(url(cast.noise, "noise"))
    for anchor in (
        "Audible, but not with the television on",
        "Clearly above the background",
        "Nothing else can be heard",
    ):
        assert page.has(anchor)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"start": ""}, "Write when it started, such as 22:15."),
        ({"end": "later"}, "Write when it stopped, such as 22:40: later than it started."),
        ({"end": "23:15"}, "Write when it stopped, such as 22:40: later than it started."),
        ({"day": "2026-03-10", "start": "21:00", "end": "21:30"}, "This time is still to come."),
        ({"day": ""}, "Choose the day."),
        ({"day": "2036-03-09"}, "Choose a day from Sun 22 Feb to Tue 10 Mar."),
        ({"day": "2026-02-09", "start": ""}, "Choose a day from Sun 22 Feb to Tue 10 Mar."),
        ({"level": "11"}, "Choose one of these."),
        ({"type": "trumpet"}, "Choose one of these."),
    ],
)
def test_what_is_wrong_comes_back_at_its_field(
    cast: Cast, browser: Visitor, wrong: dict[str, str], sentence: str
) -> None:
    typed = EVENING | {"note": "A party upstairs.", "room": "bedroom"} | wrong
    page = browser.submit(browser.get(url(cast.noise, "noise")), "/observations", 422, **typed)
    assert page.has(sentence)
    assert page.has("A party upstairs.")
    back = page.form("/observations")[1]
    assert (back["start"], back["end"], back["room"]) == (typed["start"], typed["end"], "bedroom")
    assert stored(cast.noise) == []


def test_a_corrected_noise_counts_once_and_shows_what_it_said_before(cast: Cast, browser: Visitor) -> None:
    browser.submit(browser.get(url(cast.noise, "noise")), "/observations", **EVENING)
    (first,) = stored(cast.noise)
    page = browser.get(url(cast.noise, f"entries/{first.id}"))
    assert page.has("Leave it as it is")
    assert not page.has("Cancel"), "that would sound as if the noise were gone"
    after = browser.follow(browser.submit(page, "/observations", end="00:40"))
    assert after.has("Noise, 23:15 to 00:40")
    before = after.text.index("What you wrote before")
    assert "Noise, 23:15 to 00:10" in after.text[before:]
    assert "Noise, 23:15 to 00:10" not in after.text[:before]
    assert [o.corrects for o in stored(cast.noise) if o.id != first.id] == [first.id]


def test_a_form_shows_what_counts_and_keeps_one_draft_whatever_was_corrected_meanwhile(
    cast: Cast, browser: Visitor
) -> None:
    browser.submit(browser.get(url(cast.noise, "noise")), "/observations", **EVENING)
    (first,) = stored(cast.noise)
    name, forms = url(cast.noise, f"noise?entry={first.id}"), [url(cast.noise, f"entries/{first.id}")]
    for end in ("00:20", "00:30"):
        page = browser.get(forms[-1])
        browser.submit(page, "/observations", end=end, note=f"Until {end}.")
        newest = max(stored(cast.noise), key=lambda o: o.note)
        forms.append(url(cast.noise, f"entries/{newest.id}"))
    for form in [*forms, name]:
        page = browser.get(form)
        fields = page.form("/observations")[1]
        assert (fields["draft"], fields["corrects"], fields["note"]) == (name, str(newest.id), "Until 00:30.")
        (since,) = [one.get("data-since") for one in page.all("input") if one.get("name") == "draft"]
        assert since == newest.recorded_at.isoformat()


def test_another_partys_entry_is_not_there(cast: Cast, visit: Visit, browser: Visitor) -> None:
    browser.submit(browser.get(url(cast.noise, "noise")), "/observations", **EVENING)
    (first,) = stored(cast.noise)
    other = visit(cast.upstairs)
    other.get(url(cast.noise, f"entries/{first.id}"), 404)
    other.get(url(cast.noise, f"entries/{uuid4()}"), 404)
    fields = EVENING | {"kind": "noise", "id": str(uuid4()), "corrects": str(first.id), "audience": "mediator"}
    page = other.post(url(cast.noise, "observations"), fields, 422)
    assert page.has("This entry is not there any more.")
    assert len(stored(cast.noise)) == 1


def test_a_day_is_corrected_on_its_own_page(cast: Cast, browser: Visitor) -> None:
    browser.submit(browser.get(url(cast.noise)), "/observations", button="As planned today")
    (day,) = stored(cast.noise)
    browser.client.get(url(cast.noise, f"entries/{day.id}"))
    response = browser.client.get(url(cast.noise, f"entries/{day.id}"))
    assert response.headers["Location"] == url(cast.noise, "days/2026-03-10")
