"""People, memberships and the first administrator."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, programme_of
from tests.conftest import NOW
from tracker.cases import create, invite
from tracker.cases.create import NewParty
from tracker.cases.model import Invitation, Party
from tracker.db import db
from tracker.errors import Refused
from tracker.people import administrators, persons
from tracker.people.model import Membership, Person, Programme


def test_the_first_administrator_of_a_new_programme(app: Flask) -> None:
    programme, person = administrators.invite(
        "A centre", "First@Example.org", NOW, country="GB", timezone="Europe/London"
    )
    assert (programme.name, programme.country, programme.timezone) == ("A centre", "GB", "Europe/London")
    assert (person.name, person.email, person.timezone) == ("first", "first@example.org", "Europe/London")
    assert programme_of(person, "administrator") == programme


def test_twice_is_the_same_as_once(app: Flask) -> None:
    first = administrators.invite("A centre", "first@example.org", NOW)
    again = administrators.invite("A centre", "FIRST@example.org", NOW)
    assert [one.id for one in first] == [one.id for one in again]
    assert db.session.query(Membership).count() == db.session.query(Programme).count() == 1


def test_a_wrong_address_changes_nothing(app: Flask) -> None:
    with pytest.raises(Refused, match="email"):
        administrators.invite("A centre", "nobody", NOW)
    assert db.session.query(Programme).count() == db.session.query(Person).count() == 0


def test_an_address_has_one_person(cast: Cast) -> None:
    with pytest.raises(Refused, match="known"):
        persons.add("Twice", "parent-a@example.org", "UTC", NOW)
    somebody = persons.add("New", None, "UTC", NOW)
    with pytest.raises(Refused, match="known"):
        persons.confirm_email(somebody.id, "parent-a@example.org")


@pytest.mark.parametrize(
    "text",
    [
        *("A@B.example", "  a@b.example ", "a.b+c@sub.b.example", "a'b_{c}~@b.example", "a@xn--mller-kva.example"),
        *("ä@b.example", "a@müller.example", "名@例え.example"),
        *("a@localhost", "clerk@office.local", "clerk@mail.home.arpa", "parent-a@demo.invalid"),  # an office's own
        *("a.@b.example", ".a@b.example", "a..b@b.example"),  # no dot there by the RFC, and in use all the same
        "x" * 64 + "@b.example",
    ],
)
def test_addresses_are_kept_in_one_spelling(text: str) -> None:
    assert persons.address(text) == text.strip().lower()
    assert persons.address(persons.address(text)) == persons.address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "@b.example", "...@b.example", "a@", "a@b@c.example", "a b@c.example", "a@b,c@d.example"),
        *("<a@b.example>", "A <a@b.example>", '"a b"@c.example', "a@[127.0.0.1]"),
        *("a@b.example\nBcc:c@d.example", "a\u202e@b.example", "a\u200b@b.example"),
        *("a@gmail", "a@b.123", "a@b.example.", "a@.b.example", "a@b..example", "a@-b.example", "a@b!c.example"),
        *(
            "x" * 65 + "@b.example",
            "x" + "." * 63 + "x@b.example",
            "a@" + "x" * 64 + ".example",
            "x" * 60 + "@" + "b." * 94 + "example",
        ),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="email"):
        persons.address(text)


def invited(cast: Cast, email: str | None) -> tuple[Party, Invitation]:
    people = [NewParty("A", "Parent A", "UTC", email), NewParty("B", "Parent B", "UTC")]
    _case, parties = create.create(cast.programme.id, cast.mediator.id, "Later", people, NOW)
    return parties[0], invite.invite(parties[0], NOW)


def test_joining_makes_the_person_or_nothing(cast: Cast) -> None:
    party, invitation = invited(cast, "later@example.org")
    joined, person = invite.join_as_new(invitation.token, NOW)
    assert (joined.id, joined.person_id) == (party.id, person.id)
    before = db.session.query(Person).count()
    with pytest.raises(Refused, match="gone"):
        invite.join_as_new(invitation.token, NOW)
    assert db.session.query(Person).count() == before


@pytest.mark.parametrize("address", ["Parent-B@example.org", "later@example.org"])
def test_the_address_that_the_mediator_gave_is_nobodys_before_it_is_confirmed(cast: Cast, address: str) -> None:
    _party, invitation = invited(cast, address)
    assert invite.join_as_new(invitation.token, NOW)[1].email is None


def test_a_newcomer_who_was_here_already_is_one_person_again(cast: Cast) -> None:
    party, invitation = invited(cast, "parent-b@example.org")
    newcomer = invite.join_as_new(invitation.token, NOW)[1]
    invite.pass_on(newcomer.id, cast.parent_b, NOW)
    assert db.session.get_one(Party, party.id, populate_existing=True).person_id == cast.parent_b.id
    with pytest.raises(Refused, match="gone"):
        invite.pass_on(newcomer.id, cast.parent_b, NOW)


def test_nobody_but_a_newcomer_is_handed_over_and_nobody_to_their_mediator(cast: Cast) -> None:
    party, invitation = invited(cast, None)
    newcomer = invite.join_as_new(invitation.token, NOW)[1]
    for owner, why in ((cast.mediator, "in_case"), (newcomer, "in_case")):
        with pytest.raises(Refused, match=why):
            invite.pass_on(newcomer.id, owner, NOW)
    with pytest.raises(Refused, match="known"):
        invite.pass_on(cast.mediator.id, newcomer, NOW)
    assert db.session.get_one(Party, party.id, populate_existing=True).person_id == newcomer.id
