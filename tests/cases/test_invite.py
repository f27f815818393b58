"""An invitation: a link and a code, either of which joins once, as one person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast, proposed
from tests.conftest import NOW
from tracker.cases import create as cases
from tracker.cases import edit, invite
from tracker.cases.create import NewParty
from tracker.cases.model import Case, Invitation, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.trials import propose


@pytest.fixture
def parties(cast: Cast) -> list[Party]:
    """Two parties who have not joined."""
    people = [NewParty("A", "One", "UTC"), NewParty("B", "Two", "UTC")]
    with transaction():
        case, made = cases.create(cast.programme.id, cast.mediator.id, "Fence", people, NOW)
        propose.propose(case, proposed("Fence", "open", 28, "UTC", {}, date(2026, 3, 16)), cast.mediator.id, NOW)
    return made


@pytest.mark.parametrize("how", ["token", "code", "lower case", "with spaces", "with hyphens"])
def test_a_link_and_a_code_lead_to_the_same_party(cast: Cast, parties: list[Party], how: str) -> None:
    one = invite.invite(parties[0], NOW)
    secret = {
        "token": one.token,
        "code": one.code,
        "lower case": one.code.lower(),
        "with spaces": f" {one.code[:4]} {one.code[4:]} ",
        "with hyphens": f"{one.code[:4]}-{one.code[4:]}",
    }[how]
    found = invite.find(secret, NOW)
    assert found is not None
    assert found[1].id == parties[0].id


def test_it_joins_once(cast: Cast, parties: list[Party]) -> None:
    one = invite.invite(parties[0], NOW)
    assert invite.join(one.code, cast.stranger, NOW).person_id == cast.stranger.id
    for secret in (one.code, one.token):
        with pytest.raises(Refused, match="gone"):
            invite.join(secret, cast.guest, NOW)
    with pytest.raises(Refused, match="joined"):
        invite.invite(parties[0], NOW)


def test_one_person_is_one_party_and_a_refusal_uses_nothing_up(cast: Cast, parties: list[Party]) -> None:
    first, second = (invite.invite(party, NOW) for party in parties)
    invite.join(first.code, cast.stranger, NOW)
    with pytest.raises(Refused, match="in_case"):
        invite.join(second.code, cast.stranger, NOW)
    assert invite.join(second.code, cast.guest, NOW).key == "B"


def test_it_lasts_two_weeks(cast: Cast, parties: list[Party]) -> None:
    one = invite.invite(parties[0], NOW)
    assert invite.find(one.token, NOW + timedelta(days=14) - timedelta(seconds=1)) is not None
    assert invite.find(one.token, NOW + timedelta(days=14)) is None


def test_only_the_hashes_can_be_searched(cast: Cast, parties: list[Party]) -> None:
    one = invite.invite(parties[0], NOW)
    row = db.session.connection().exec_driver_sql("select * from invitation").mappings().one()
    stored = b" ".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row.values())
    assert one.token.encode() not in stored
    assert one.code.encode() not in stored


def test_codes_are_eight_signs_that_nobody_confuses(cast: Cast, parties: list[Party]) -> None:
    codes = {invite.invite(parties[n % 2], NOW).code for n in range(40)}
    assert len(codes) == 40
    assert all(len(code) == 8 and not set(code) & set("01IOio") for code in codes)
    assert db.session.query(Invitation).filter(Invitation.withdrawn_at.is_(None)).count() == 2


def test_what_was_said_of_the_parties_can_be_put_right(cast: Cast, parties: list[Party]) -> None:
    case = db.session.get_one(Case, parties[0].case_id)
    people = [NewParty("A", "First", "Europe/Berlin", "first@example.org", "hears"), NewParty("X", "Nobody", "UTC")]
    edit.edit(case, "Hedge", people)
    found = db.session.query(Party).filter_by(case_id=case.id).order_by(Party.position).populate_existing().all()
    assert [(p.key, p.name, p.timezone, p.email, p.role) for p in found] == [
        ("A", "First", "Europe/Berlin", "first@example.org", "hears"), ("B", "Two", "UTC", None, ""),
    ]  # fmt: skip  # read in rows, as it is laid out
    assert db.session.query(Case).filter_by(id=case.id).populate_existing().one().title == "Hedge"
