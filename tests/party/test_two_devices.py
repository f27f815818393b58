"""Two devices of one party. Both wrote the same day: both are kept, the later one counts, and the author sees both.
Both have a page of settings open: neither undoes the other's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.cast import Cast
from tests.conftest import NOW
from tests.party.day import stored, url
from tests.visitor import Visitor
from tracker.cases import settings
from tracker.cases.model import Party
from tracker.cases.settings import Choice
from tracker.db import db
from tracker.observations import read
from tracker.trials import safety

Visit = Callable[..., Visitor]


def test_both_are_kept_and_the_later_recorded_counts(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    phone, tablet = visit(cast.parent_a), visit(cast.parent_a)
    on_phone, on_tablet = phone.get(url(cast.parenting)), tablet.get(url(cast.parenting))
    tablet.submit(on_tablet, "/observations", button="As planned today", recorded_at="2026-03-10T13:00:00-04:00")
    travel(datetime(2026, 3, 10, 20, 0, tzinfo=UTC))
    earlier: dict[str, Any] = {
        "term-bedtime": "not_kept",
        "note": "From the phone.",
        "recorded_at": "2026-03-10T12:00:00-04:00",
    }
    phone.submit(on_phone, "/observations", **earlier)
    assert len(stored(cast.parenting)) == 2
    (party_id,) = {o.party_id for o in stored(cast.parenting)}
    counts = read.days_logged(cast.parenting.id, party_id)
    assert set(counts[date(2026, 3, 10)]["terms"].values()) == {"kept"}
    page = phone.get(url(cast.parenting, "days/2026-03-10"))
    assert page.has("What you wrote before")
    assert page.has("From the phone.")


def test_a_wish_of_the_other_device_is_not_undone(cast: Cast, visit: Visit, travel: Callable[[datetime], None]) -> None:
    phone, tablet, where = visit(cast.parent_a), visit(cast.parent_a), url(cast.parenting, "contact")
    phone.submit(phone.get(where), "/contact", way="call", address="555-0100", voicemail="yes")
    old = tablet.get(where)
    fields = phone.get(where).form("/contact")[1]
    travel(NOW + timedelta(minutes=1))
    phone.post(where, {name: value for name, value in fields.items() if name != "voicemail"})
    travel(NOW + timedelta(minutes=2))
    tablet.submit(old, "/contact", times="Weekdays at noon")
    desk = visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/parties")
    assert desk.has("Leave no message on the voice mail.")
    assert desk.has("Weekdays at noon")


def test_a_way_to_be_reached_that_both_devices_changed_is_shown(
    cast: Cast, visit: Visit, travel: Callable[[datetime], None]
) -> None:
    phone, tablet, where = visit(cast.parent_a), visit(cast.parent_a), url(cast.parenting, "contact")
    old = tablet.get(where)
    phone.submit(phone.get(where), "/contact", way="email", address="safe@example.org")
    back = tablet.submit(old, "/contact", 422, way="call", address="555-0100")
    assert back.has("On another page this was changed meanwhile: “An email: safe@example.org”")
    assert "555-0100" in back.html
    travel(NOW + timedelta(minutes=1))
    tablet.submit(back, "/contact")
    assert visit(cast.mediator).get(f"/caseload/{cast.parenting.id}/parties").has("A call: 555-0100")


def _choice(cast: Cast) -> Choice:
    db.session.rollback()
    return settings.choice(db.session.query(Party).populate_existing().filter_by(person_id=cast.parent_a.id).one())


def test_reminders_that_stopped_meanwhile_stay_stopped(cast: Cast, visit: Visit) -> None:
    """Whoever wrote that they do not feel safe is not reminded again because a tablet had the page open."""
    tablet, where = visit(cast.parent_a), url(cast.parenting, "reminders")
    old = tablet.get(where)
    safety.feels_unsafe(cast.here(cast.parent_a, cast.parenting), "", NOW)
    settings.add_channel(cast.parent_a.id, "push")
    tablet.submit(old, "/reminders", wording="plain")
    assert (_choice(cast).wanted, _choice(cast).wording) == (False, "plain")
    assert _choice(cast).channels == ("email", "push")


def test_what_both_devices_changed_of_the_reminders_is_shown(cast: Cast, visit: Visit) -> None:
    phone, tablet, where = visit(cast.parent_a), visit(cast.parent_a), url(cast.parenting, "reminders")
    old = tablet.get(where)
    fields = phone.get(where).form("/reminders")[1] | {"check_in_at": "19:00", "wording": "plain"}
    phone.post(where, {name: value for name, value in fields.items() if name not in ("day-6", "day-7")})
    mine = {name: value for name, value in old.form("/reminders")[1].items() if name != "day-1"}
    back = tablet.post(where, mine | {"check_in_at": "21:00"}, 422)
    for words in ("“19:00”", "“Mon, Tue, Wed, Thu, Fri”"):
        assert back.has(f"On another page this was changed meanwhile: {words}"), words
    assert _choice(cast).at == time(19)
    tablet.submit(back, "/reminders")
    kept = _choice(cast)
    assert (kept.at, kept.days, kept.wording) == (time(21), frozenset({2, 3, 4, 5, 6, 7}), "plain")
