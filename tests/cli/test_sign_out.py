"""An operator ends sign-ins: of somebody whose phone was stolen, or of everybody."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.cli.command import tracker
from tests.visitor import Visitor
from tracker.people.model import Person

Visit = Callable[..., Visitor]


def is_in(browser: Visitor) -> bool:
    return browser.client.get("/places").status_code != 303


def address(person: Person) -> str:
    assert person.email is not None
    return person.email


def test_one_person_on_every_device_and_nobody_else(cast: Cast, visit: Visit) -> None:
    phone, laptop, other = visit(cast.mediator), visit(cast.mediator), visit(cast.parent_a)
    done = tracker("sign-out", address(cast.mediator).upper())
    assert (done.status, done.out, done.err) == (0, "1 person has to sign in again\n", "")
    assert [is_in(browser) for browser in (phone, laptop, other)] == [False, False, True]


def test_everybody(cast: Cast, visit: Visit) -> None:
    browsers = [visit(person) for person in (cast.mediator, cast.parent_a, cast.administrator)]
    done = tracker("sign-out", "--everybody")
    assert done.out == "3 people have to sign in again\n"
    assert not any(is_in(browser) for browser in browsers)


def test_an_address_that_nobody_has_signs_nobody_out(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.mediator)
    assert len(tracker("sign-out", address(cast.mediator), "nobody@example.org").problems) == 1
    assert is_in(browser)


def test_it_is_said_for_whom(cast: Cast) -> None:
    assert tracker("sign-out").problems == ["name one or more addresses, or --everybody"]
    assert tracker("sign-out", "a@example.org", "--everybody").problems
