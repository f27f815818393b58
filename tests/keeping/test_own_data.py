"""My data: a party takes its own account along, in a file that can be read again, and can have it deleted."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from tests.cast import Cast
from tests.cli.command import exported, imported
from tests.conftest import NOW
from tests.keeping.test_audit_trail import Visit, entries
from tracker.audit import chain
from tracker.db import db
from tracker.observations.model import Observation
from tracker.observations.record import record
from tracker.plans.entry import Entry
from tracker.returns import preparation
from tracker.returns.model import Preparation
from tracker.summaries import release


def note(cast: Cast, who: str, text: str) -> None:
    person = cast.parent_a if who == "A" else cast.parent_b
    answers = {"terms": {"bedtime": "kept"}}
    here = cast.here(person, cast.parenting)
    record(here, Entry(uuid4(), who, "day", date(2026, 3, 9), NOW, answers, text, "me"), NOW)


def test_the_file_holds_the_own_account_alone_and_can_be_read_again(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    note(cast, "A", "Mine.")
    note(cast, "B", "Theirs.")
    person = visit(cast.parent_a)
    response = person.client.get(f"/trials/{cast.parenting.id}/my-data/trial.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="meanwhile-2026-03-02.json"'
    assert response.headers["Cache-Control"] == "no-store"
    text = response.get_data(as_text=True)
    assert [one["note"] for one in json.loads(text)["observations"]] == ["Mine."]
    assert "Theirs." not in text
    path = tmp_path / "mine.json"
    path.write_text(text, encoding="utf-8")
    assert exported(imported(path, "--programme", "Hillside Mediation")) == text
    (entry,) = entries("account.taken")
    assert (entry.actor_id, entry.detail) == (cast.parent_a.id, '{"entries":1}')


def test_what_was_prepared_is_a_file_of_its_own(cast: Cast, visit: Visit) -> None:
    url = f"/trials/{cast.parenting.id}/my-data"
    preparation.save(cast.here(cast.parent_b, cast.parenting), "goals", ["Theirs."], "summary", NOW)
    person = visit(cast.parent_a)
    assert "preparation.json" not in person.get(url).html, "there is nothing yet"
    preparation.save(cast.here(cast.parent_a, cast.parenting), "going_on", ["The new school."], "mediator", NOW)
    preparation.save(cast.here(cast.parent_a, cast.parenting), "goals", ["A calm summer.", "Éveil"], "me", NOW)
    assert f'href="{url}/preparation.json"' in person.get(url).html
    response = person.client.get(f"{url}/preparation.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="meanwhile-preparation-2026-03-02.json"'
    document = response.get_json()
    assert (document["format"], document["party"]["key"]) == ("meanwhile.preparation/1", "A")
    assert [(one["topic"], one["texts"], one["audience"]) for one in document["topics"]] == [
        ("goals", ["A calm summer.", "Éveil"], "me"),
        ("going_on", ["The new school."], "mediator"),
    ]
    assert datetime.fromisoformat(document["topics"][0]["saved_at"]) == NOW
    (entry,) = entries("account.taken")
    assert (entry.actor_id, entry.detail) == (cast.parent_a.id, '{"topics":2}')


def test_deleting_asks_once_and_says_what_will_be_gone(cast: Cast, visit: Visit) -> None:
    note(cast, "A", "Mine.")
    note(cast, "A", "Mine again.")
    note(cast, "B", "Theirs.")
    release.release(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    person, url = visit(cast.parent_a), f"/trials/{cast.parenting.id}/my-data"
    assert person.get(f"/trials/{cast.parenting.id}/more").has("My data")
    assert person.get(url).has("You noted 2 entries in this trial.")
    person.post(f"{url}/deletions")
    assert db.session.query(Observation).count() == 3, "the question comes first"
    page = person.get(f"{url}/deletions")
    assert page.has("Your 2 entries in this trial are deleted")
    assert person.follow(person.submit(page, "/deletions")).has("Deleted: 2 entries.")
    assert person.follow(person.submit(page, "/deletions")).has("They are deleted already.")
    assert [row.note for row in db.session.query(Observation)] == ["Theirs."]
    assert person.get(url).has("You have no entries in this trial.")
    person.get(f"{url}/deletions", 303)
    (entry,) = entries("account.deleted")
    assert (entry.actor_id, entry.trial_id, entry.detail) == (cast.parent_a.id, cast.parenting.id, '{"entries":2}')
    assert chain.verify()[1] == []


def test_the_mediator_reads_that_it_was_deleted_and_the_summary_shows_no_entry(cast: Cast, visit: Visit) -> None:
    note(cast, "A", "Mine.")
    desk, url = visit(cast.mediator), f"/caseload/{cast.parenting.id}"
    assert desk.get(f"{url}/summary").has("1 of 9 days")
    visit(cast.parent_a).post(f"/trials/{cast.parenting.id}/my-data/deletions", {"sure": "yes"})
    assert desk.get(url).has("Parent A had their own entries deleted")
    page = desk.get(f"{url}/summary")
    assert not page.has("1 of 9 days")
    assert page.has("0 of 9 days")


def test_the_other_party_reads_nothing_of_it_before_the_release(cast: Cast, visit: Visit) -> None:
    note(cast, "A", "Mine.")
    other, paths = visit(cast.parent_b), ("today", "calendar", "prepare", "more", "plan", "my-data", "summary")
    before = [other.get(f"/trials/{cast.parenting.id}/{path}").text for path in paths]
    visit(cast.parent_a).post(f"/trials/{cast.parenting.id}/my-data/deletions", {"sure": "yes"})
    assert [other.get(f"/trials/{cast.parenting.id}/{path}").text for path in paths] == before


def test_what_was_only_prepared_can_be_deleted_too(cast: Cast, visit: Visit) -> None:
    preparation.save(cast.here(cast.parent_a, cast.parenting), "goals", ["A calm summer."], "me", NOW)
    person, url = visit(cast.parent_a), f"/trials/{cast.parenting.id}/my-data"
    assert "Delete my entries" in person.get(url).html
    page = person.get(f"{url}/deletions")
    assert page.has("What you prepared for the return session is deleted")
    person.submit(page, "/deletions")
    assert db.session.query(Preparation).count() == 0
    assert "Delete my entries" not in person.get(url).html


def test_the_file_does_not_say_where_the_other_party_is(cast: Cast, visit: Visit) -> None:
    """Parent B's own time zone, say of where they moved to, is theirs."""
    text = visit(cast.parent_a).client.get(f"/trials/{cast.parenting.id}/my-data/trial.json").get_data(as_text=True)
    assert [one["timezone"] for one in json.loads(text)["parties"]] == ["America/New_York"] * 2
