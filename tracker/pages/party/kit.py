"""What a phone needs to write without a network: the forms of the days around today, with the plan's terms in them.

Nothing of anybody's account is in it, nor of what the other party does: a form, the plan's words and its schedule. The
worker keeps it encrypted and puts the pages together: `~id~` stands for a fresh id, `~today~` and `~time~` for the
local date of the trial and the time, `~content~` and `~questions~` for the parts that are the same on many pages,
`~address~` for that of a page and `~entry~` for the entry that it names, `~running~`, `~since~` and `~seconds~` for a
noise that runs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Response, abort, jsonify, render_template
from flask_babel import gettext as _
from jinja2_fragments.flask import render_block
from markupsafe import Markup

from tracker import clock
from tracker.pages.access import Audience, audience, here
from tracker.pages.device.key import who
from tracker.pages.party import asked, drafts, entries, expected
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, day_of, frame, me, show
from tracker.pages.party.questions import EMPTY, day_questions
from tracker.pages.party.stamp import stamp
from tracker.pages.party.today import one_tap
from tracker.trials.here import Here

ONE_DAY = timedelta(days=1)
BACK, AHEAD = timedelta(days=3), timedelta(days=10)  # what is still open, and how long a phone may be without a network
ID, TODAY, TIME, ADDRESS, ENTRY = "~id~", "~today~", "~time~", "~address~", "~entry~"
GOING = {"id": "~running~", "since": "~since~", "seconds": "~seconds~"}


@party.get("/trials/<uuid:trial>/kit")
@audience(Audience.PARTY)
def kit(trial: UUID) -> Response:
    """The kit as JSON; none where the trial is not open, and none for a device that others use as well."""
    found, now = here(), clock.now()
    if not who() or not found.state(now).in_force:
        abort(404)
    today, facts, forms = found.facts.today(now), found.facts, asked.forms(found)
    first = max(facts.starts_on, today - BACK)
    last = min(facts.last_day, max(today, facts.starts_on) + AHEAD)
    days = _each_day(first, last)
    over = _each_day(last + ONE_DAY, last + BACK) if last == facts.last_day else []
    return jsonify(
        stamp=stamp(found, found.outline, now),
        zone=found.trial.timezone,
        frame=render_template("party/offline.html", **_blank(), content=Markup("~content~")),
        questions=day_questions(found, found.parties, {}, {}),
        today={day.isoformat(): _day(found, day) for day in days} | {day.isoformat(): _over(day) for day in over},
        running={day.isoformat(): _day(found, day, going=GOING) for day in days} if "noise" in forms else {},
        days={day.isoformat(): _day(found, day, past=True) for day in days},
        pages=_others(found) | _handoffs(found, days),
    )


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _before(day: date) -> list[date]:
    """The days that may be open on `day` besides it, the latest first."""
    facts = here().facts
    first, last = max(facts.starts_on, day - BACK), min(facts.last_day, day - ONE_DAY)
    return _each_day(first, last)[::-1]


def _blank() -> dict[str, Any]:
    """The frame of a page, without what belongs to one moment of one sign-in."""
    return frame("today") | {"said": str, "csrf_token": str, "offline": True}


def _day(found: Here, day: date, *, past: bool = False, going: dict[str, str] | None = None) -> str:
    """The form of `day`, as Today shows it, while a noise is `going`, or as the page of a day that has passed."""
    forms = asked.forms(found)
    number = (day - found.facts.starts_on).days + 1
    return render_block(
        "party/today.html",
        "content",
        **_blank(),
        day=day,
        zone=found.trial.timezone,
        day_of=day_of(found, number),
        number=number,
        days=found.facts.days,
        expected=expected.lines(found.outline, day, found.parties, me(), date.max if past else day),
        outcomes=asked.outcomes(found) if expected.has_handoff(found.outline, day) else [],
        on_time=asked.on_time(found),
        one_tap=one_tap(len(found.agreed.terms)),
        questions=Markup("~questions~"),
        ids={"id": ID, "handoff_id": ID, "noise": ID, "steps": defaultdict(lambda: ID)},
        typed=EMPTY,
        errors={},
        draft=drafts.draft(drafts.of_day(base(), day), {}, {}),
        past=past,
        expected_title=_("Expected") if past else "",
        going=going,
        role=None if past else asked.role(found, me()),
        hears="noise" in forms and not past,
        tells="moment" in forms and not past,
        steps=[] if past else asked.milestones(found.agreed, {}),
        days_before=[] if past or going else _before(day),
    )


def _over(day: date) -> str:
    """In the place of Today, after the last day."""
    values = _blank() | {"last": here().facts.last_day, "days_before": _before(day)}
    return render_block("party/offline-ended.html", "content", **values)


def _handoffs(found: Here, days: list[date]) -> dict[str, str]:
    """The forms of the handoffs alone, each under its address."""
    values = _blank() | {"outcomes": asked.outcomes(found), "on_time": asked.on_time(found)}
    values |= {"typed_handoff": {}, "handoff_errors": {}, "ids": {"handoff_id": ID}}
    made = {}
    for day in days:
        if expected.has_handoff(found.outline, day):
            address = drafts.of_handoff(base(), day)
            values |= {"day": day, "draft_handoff": drafts.draft(address, {}, {})}
            made[address.removeprefix(f"{base()}/")] = render_block("party/offline-handoff.html", "content", **values)
    return made


def _others(found: Here) -> dict[str, str]:
    """The page of what waits, and the forms of a noise and of a moment, where the plan has them."""
    outbox = render_block("party/outbox.html", "content", **_blank())
    values = _blank() | {"first": found.facts.starts_on, "last": TODAY, "errors": {}, "id": ID}
    values["draft"] = drafts.draft(ADDRESS, {}, {})
    typed = {"day": TODAY, "at": TIME, "audience": "mediator"}
    values["typed"] = typed | {"corrects": ENTRY}
    return {"outbox": outbox} | {
        path: render_block(f"party/{kind}.html", "content", **(entries.parts(found, kind, typed) | values))
        for kind, path in entries.PATHS.items()
        if kind in asked.forms(found)
    }


@party.get("/trials/<uuid:trial>/outbox")
@audience(Audience.PARTY)
def outbox_page(trial: UUID) -> tuple[str, int]:
    """What waits on this phone. The phone fills it in; the server has nothing to show."""
    return show("outbox.html", "today")
