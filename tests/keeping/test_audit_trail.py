"""The audit trail: it grows with what is done, in the same transaction, holds together, and nobody can change it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast
from tests.cli.command import tracker
from tests.conftest import NOW
from tests.mailbox import Mailbox
from tests.visitor import Visitor, counted
from tracker.audit import chain, record
from tracker.audit.model import AuditEntry
from tracker.db import db, transaction
from tracker.people import memberships
from tracker.people.model import Membership, Person
from tracker.summaries import release

Visit = Callable[[Person | None], Visitor]


def entries(*actions: str) -> list[AuditEntry]:
    """The entries with these actions, oldest first."""
    db.session.rollback()  # what this session saw until now is older than what others wrote
    return list(
        db.session.scalars(select(AuditEntry).where(AuditEntry.action.in_(actions)).order_by(AuditEntry.number))
    )


def test_each_reading_of_an_account_by_a_mediator_is_in_it(cast: Cast, visit: Visit) -> None:
    desk = visit(cast.mediator)
    for path in ("", "/summary", "/releases"):
        desk.get(f"/caseload/{cast.parenting.id}{path}")
    desk.get(f"/caseload/{cast.strangers.id}", 404)
    visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/today")
    found = entries("account.read")
    assert [entry.detail for entry in found] == ['{"page":"trial"}', '{"page":"summary"}', '{"page":"preview"}']
    assert {(e.actor, e.actor_id, e.trial_id, e.programme_id) for e in found} == {
        ("person", cast.mediator.id, cast.parenting.id, cast.programme.id)
    }


def test_a_form_that_comes_back_with_the_accounts_counts_as_reading(cast: Cast, visit: Visit) -> None:
    visit(cast.mediator).post(f"/caseload/{cast.parenting.id}/extensions", {"last_day": "never"}, 422)
    assert len(entries("account.read")) == 1


def test_each_file_that_anybody_takes_out_is_in_it(cast: Cast, visit: Visit) -> None:
    trial = cast.parenting.id
    visit(cast.mediator).get(f"/caseload/{trial}/summary.pdf")
    visit(cast.parent_a).get(f"/trials/{trial}/account.pdf")
    found = entries("export")
    assert [(e.actor_id, e.detail) for e in found] == [
        (cast.mediator.id, '{"what":"summary_pdf"}'),
        (cast.parent_a.id, '{"what":"account_pdf"}'),
    ]


def test_what_cannot_be_noted_is_not_shown(app: Flask, cast: Cast, visit: Visit, monkeypatch: Any) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(record, "record", fails)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    page = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}", 500)
    assert not page.has("School weeks")


def test_noting_a_reading_costs_two_statements(cast: Cast, visit: Visit) -> None:
    """The last entry is read and the new one written. PostgreSQL's turn in the queue is no statement to `counted`."""
    desk = visit(cast.mediator)
    with counted() as statements:
        desk.get(f"/caseload/{cast.parenting.id}")
    about = [one.split()[0].upper() for one in statements if "audit_entry" in one]
    assert about == ["SELECT", "INSERT"]


def test_exports_releases_and_permissions_are_in_it(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    assert tracker("export", str(cast.parenting.id)).status == 0
    assert tracker("summary", str(cast.parenting.id), "--json").status == 0
    desk, office = visit(cast.mediator), visit(cast.administrator)
    desk.post(f"/caseload/{cast.parenting.id}/releases")
    desk.post(f"/caseload/{cast.parenting.id}/releases/withdrawal")
    desk.post(f"/caseload/{cast.parenting.id}/releases/withdrawal")
    office.post("/programme/memberships", {"email": "administrator@example.org", "role": "mediator"})
    mailbox.one("administrator@example.org")
    membership = next(m for m, p in memberships.people_of(cast.programme.id) if p.id == cast.other_mediator.id)
    office.post(f"/programme/memberships/{membership.id}/endings")
    actions = "export", "release", "release.withdrawn", "membership.added", "membership.ended"
    assert [(e.action, e.actor, e.actor_id) for e in entries(*actions)][4:] == [  # four made the cast
        ("export", "operator", None),
        ("export", "operator", None),
        ("release", "person", cast.mediator.id),
        ("release.withdrawn", "person", cast.mediator.id),
        ("membership.added", "person", cast.administrator.id),
        ("membership.ended", "person", cast.administrator.id),
    ]


def test_what_is_rolled_back_leaves_no_entry(cast: Cast) -> None:
    here = cast.here(cast.parent_a, cast.parenting)

    def fail() -> None:
        with transaction():
            release.release(here, cast.mediator.id, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    record.record("backup", NOW)
    assert [e.action for e in entries("release", "backup")] == ["backup"]
    assert release.current(cast.parenting.id) is None


@pytest.mark.parametrize("statement", ["update audit_entry set action = 'export'", "delete from audit_entry"])
def test_the_database_refuses_to_change_it(cast: Cast, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))


def test_many_writers_make_one_chain(app: Flask, cast: Cast) -> None:
    ready = Barrier(8)

    def write(n: int) -> None:
        with app.app_context(), record.acting("person", cast.mediator.id):
            ready.wait()
            for m in range(10):
                with transaction():
                    record.record("backup", NOW, n=n)
                    record.record("restore", NOW, m=m)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert len(entries("backup", "restore")) == 160
    head, problems = chain.verify()
    assert not problems
    assert head.number == db.session.query(AuditEntry).count()


def test_verify_finds_what_was_changed_left_out_or_made_anew(cast: Cast) -> None:
    for n in range(5):
        record.record("backup", NOW, n=n)
    head, _ = chain.verify()
    assert tracker("audit", "verify", "--head", str(head)).out.endswith(f"Its head is {head}\n")
    _force("update audit_entry set detail = '{}' where number = 2")
    assert "entry 2 was changed" in tracker("audit", "verify").err
    _force("delete from audit_entry where number = 3")
    assert "after entry 2 comes 4: entries are missing" in tracker("audit", "verify").err
    _force("delete from audit_entry")
    record.record("backup", NOW)
    assert tracker("audit", "verify").status == 0
    assert tracker("audit", "verify", "--head", str(head)).problems == [
        f"the audit trail is broken: entry {head.number}, which was noted, is missing"
    ]
    assert "is not a number" in tracker("audit", "verify", "--head", "nonsense").err


def _force(statement: str) -> None:
    """What somebody could do who owns the database: take the guards away for a moment."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(text(statement))
            return
        guards = connection.execute(text("select name, sql from sqlite_master where type = 'trigger'")).all()
        for guard in guards:
            connection.execute(text(f"drop trigger {guard.name}"))
        connection.execute(text(statement))
        for guard in guards:
            connection.execute(text(guard.sql))


def test_the_programme_reads_its_own_trail_by_day_and_never_a_name_of_a_party(
    cast: Cast, visit: Visit, travel: Callable[..., None]
) -> None:
    desk = visit(cast.mediator)
    desk.get(f"/caseload/{cast.parenting.id}")
    with record.acting("person", cast.parent_a.id):
        record.record("account.taken", NOW, record.Of(cast.programme.id, cast.parenting.case_id, cast.parenting.id))
    record.record("account.read", NOW, record.Of(cast.other_programme.id))
    page = visit(cast.administrator).get("/programme/trail")
    assert page.has("Mediator read both accounts (the trial)")
    assert page.has("A party or a guest took their own account along")
    assert page.has("Tue 10 Mar 2026"), "it goes on for years"
    assert not any(page.has(word) for word in ("School weeks", "Parent A", "a page"))
    office = visit(cast.administrator)
    assert office.get("/programme/trail?since=2026-03-11").has("Nothing was noted in these days.")
    assert office.get("/programme/trail?since=2026-03-10&until=2026-03-10").has("read both accounts")
    assert not office.get("/programme/trail?until=2026-03-09").has("read both accounts")
    assert office.get("/programme/trail?since=nonsense", 422).has("Choose a day.")
    assert office.get("/programme/trail?since=2026-03-10&until=2026-03-01", 422).has("the same day or a later one")


def test_adding_a_partys_address_puts_no_name_to_what_they_did(cast: Cast, visit: Visit, mailbox: Mailbox) -> None:
    of = record.Of(cast.programme.id, cast.parenting.case_id, cast.parenting.id)
    with record.acting("person", cast.parent_a.id):
        record.record("account.taken", NOW, of)
        record.record("export", NOW, of, what="account_pdf")
    office = visit(cast.administrator)
    office.post("/programme/memberships", {"email": "parent-a@example.org", "role": "mediator"})
    mailbox.one("parent-a@example.org")
    assert not office.get("/programme/trail").has("Parent A")
    membership = db.session.query(Membership).filter_by(person_id=cast.parent_a.id).one()
    memberships.begin_using(membership, NOW + timedelta(hours=1))
    with record.acting("person", cast.parent_a.id):
        record.record("account.deleted", NOW + timedelta(hours=2), of)
        record.record("release", NOW + timedelta(hours=2), of)
    page = office.get("/programme/trail")
    assert page.has("A party or a guest took out a file (their own account)")
    assert page.has("Parent A released the summary")  # as a mediator; what they did as a party has no name
    assert page.html.count("Parent A") == 1


def test_a_long_trail_comes_in_pages(cast: Cast, visit: Visit) -> None:
    with transaction():
        for _ in range(150):
            record.record("account.read", NOW, record.Of(cast.programme.id), page="trial")
    office = visit(cast.administrator)
    first = office.get("/programme/trail")
    older = next(link for link in first.links() if "before=" in link)
    second = office.get(older)
    assert len(first.all("li")) > 100
    assert not any("before=" in link for link in second.links())
