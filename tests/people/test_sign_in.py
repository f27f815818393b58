"""The code's own rules, below the pages: counted and used once, however many try at the same moment."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import NOW
from tracker.db import db
from tracker.errors import Refused
from tracker.people import sign_in
from tracker.people.model import SignInCode
from tracker.people.sign_in import Asked


def attempt(app: Flask, asked: Asked, code: str) -> str:
    with app.app_context():
        try:
            return sign_in.by_code(asked.id, asked.ticket, code, NOW).name
        except Refused as refused:
            return refused.code


def at_once(app: Flask, asked: Asked, codes: list[str]) -> Counter[str]:
    with ThreadPoolExecutor(len(codes)) as threads:
        return Counter(threads.map(lambda code: attempt(app, asked, code), codes))


def test_five_of_twelve_guesses_at_once_are_looked_at(app: Flask, cast: Cast) -> None:
    asked = sign_in.ask("parent-a@example.org", NOW)
    wrong = [f"{(int(asked.code) + n) % 10**6:06}" for n in range(1, 13)]
    assert at_once(app, asked, wrong) == {"wrong": 4, "gone": 8}  # the fifth wrong one already ends the code
    assert db.session.get_one(SignInCode, asked.id, populate_existing=True).tries == 5
    assert attempt(app, asked, asked.code) == "gone"


def test_the_right_code_at_once_signs_in_once(app: Flask, cast: Cast) -> None:
    asked = sign_in.ask("parent-a@example.org", NOW)
    assert at_once(app, asked, [asked.code] * 8) == {"Parent A": 1, "gone": 7}


@pytest.mark.parametrize(
    "spelling", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}"]
)
def test_spaces_and_hyphens_do_not_matter(app: Flask, cast: Cast, spelling: str) -> None:
    asked = sign_in.ask("parent-a@example.org", NOW)
    assert attempt(app, asked, spelling.format(asked.code)) == "Parent A"


@pytest.mark.parametrize("code", ["", "0", "٤٨٢٩١٣", "x" * 10_000])
def test_what_is_no_code_is_a_wrong_one(app: Flask, cast: Cast, code: str) -> None:
    assert attempt(app, sign_in.ask("parent-a@example.org", NOW), code) == "wrong"


def test_another_browsers_ticket_opens_nothing(app: Flask, cast: Cast) -> None:
    """Even with the right code: it belongs to the browser that asked."""
    asked = sign_in.ask("parent-a@example.org", NOW)
    other = sign_in.ask("parent-a@example.org", NOW)
    mixed = Asked(asked.id, other.ticket, asked.code, "", None)
    assert attempt(app, mixed, asked.code) == "wrong"
    assert attempt(app, Asked(uuid4(), asked.ticket, asked.code, "", None), asked.code) == "gone"


def test_the_code_of_an_unknown_address_opens_nothing(app: Flask, cast: Cast) -> None:
    asked = sign_in.ask("nobody@example.org", NOW)
    assert asked.person is None
    assert attempt(app, asked, asked.code) == "wrong"
    assert not sign_in.link_is_open(asked.link, NOW)
    with pytest.raises(Refused, match="gone"):
        sign_in.by_link(asked.link, NOW)


def test_codes_are_drawn_from_all_six_digits(app: Flask, cast: Cast) -> None:
    codes = [sign_in.ask("nobody@example.org", NOW).code for _ in range(40)]
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(set(codes)) > 35


def test_a_link_works_until_its_end(app: Flask, cast: Cast) -> None:
    asked = sign_in.ask("parent-a@example.org", NOW)
    assert sign_in.link_is_open(asked.link, NOW + timedelta(minutes=9, seconds=59))
    assert not sign_in.link_is_open(asked.link, NOW + timedelta(minutes=10))
    assert sign_in.by_link(asked.link, NOW).id == cast.parent_a.id
