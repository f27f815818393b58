"""One day: what was expected, what the party wrote with what it said before, and the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from flask import abort, request
from flask_babel import gettext as _

from tracker import clock
from tracker.observations import read
from tracker.pages.access import Audience, audience, here
from tracker.pages.party import asked, drafts, expected, written
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.party.questions import day_questions
from tracker.pages.party.sheet import typed as as_typed
from tracker.pages.party.today import one_tap
from tracker.plans.lateness import lateness
from tracker.trials import changes


@party.get("/trials/<uuid:trial>/days/<day:day>")
@audience(Audience.PARTY)
def day_page(trial: UUID, day: date) -> tuple[str, int]:
    """A day of the trial; one that is still to come shows its expectations alone."""
    if not here().facts.starts_on <= day <= here().facts.last_day:
        abort(404)
    return show_day(day, "day", {}, {}, 200)


def show_day(day: date, kind: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int) -> tuple[str, int]:
    """The day as it stands, or with its form of `kind` that came back."""
    now, found, mine = clock.now(), here(), me()
    if not found.facts.starts_on <= day <= found.facts.last_day:
        abort(404)
    today = found.facts.today(now)
    own = read.about_day(found.trial.id, mine.id, day)
    last = {o.kind: o for o in read.counting(own) if o.kind in ("day", "handoff")}
    wrong = {one: errors if one == kind else {} for one in ("day", "handoff")}
    filled = typed if wrong["day"] else as_typed(last.get("day"))
    planned = expected.has_handoff(found.outline, day)
    return show(
        "day.html",
        "today" if day == today else "calendar",
        status,
        day=day,
        number=(day - found.facts.starts_on).days + 1,
        days=found.facts.days,
        ahead=day > today or not found.state(now).begun,
        late=late_words(day, now),
        expected=expected.lines(found.outline, day, found.parties, mine, today),
        written=written.of_day(own, found),
        others=_shared(day),
        one_tap=one_tap(len(found.outline.terms)),
        questions=day_questions(found, found.parties, filled, wrong["day"]),
        outcomes=asked.outcomes(found) if planned or "handoff" in last else [],
        on_time=asked.on_time(found),
        ids={"id": uuid4(), "handoff_id": uuid4()},
        logged="day" in last,
        changing="handoff" if "handoff" in request.args else "day" if "change" in request.args else "",
        typed=filled,
        typed_handoff=typed if wrong["handoff"] else as_typed(last.get("handoff")),
        handoff_logged="handoff" in last,
        errors=wrong["day"],
        handoff_errors=wrong["handoff"],
        draft=drafts.draft(drafts.of_day(base(), day), typed, wrong["day"], last.get("day")),
        draft_handoff=drafts.draft(drafts.of_handoff(base(), day), typed, wrong["handoff"], last.get("handoff")),
        mistakes=_by_id(errors) if kind == "handoff" else errors,
        can_propose=changes.possible(found, now) and day >= today,
        hears="noise" in asked.forms(found),
        tells="moment" in asked.forms(found),
    )


def late_words(day: date, now: datetime) -> str:
    """What will stand beside an entry about `day` that is written now; nothing while it is on time."""
    late = lateness(day, now, here().zone)
    if late == "added_later":
        return _("What you write now is marked “added later”, with how much later.")
    if late == "recollection":
        return _("What you write now is marked “recollection”: it is kept and shown, but never counted as on time.")
    return ""


def _by_id(errors: Mapping[str, str]) -> dict[str, str]:
    """The handoff's mistakes by the ids of its fields: the day's form has some of the names too."""
    return {f"handoff-{name}" if name in ("id", "note", "audience") else name: text for name, text in errors.items()}


def _shared(day: date) -> list[dict[str, str]]:
    """The notes that another party marked for the summary, in a trial whose parties agreed to see those.

    Of the entry round such a note nothing is shown, nor when it was written: the mark speaks of the note alone.
    """
    found = here()
    if found.trial.sharing != "open":
        return []
    marked = (o for o in read.shared_about_day(found.trial.id, me().id, day) if o.note)
    names = {party.id: party.name for party in found.parties}
    return [{"what": _kind(o.kind), "name": names[o.party_id], "note": o.note} for o in marked]


def _kind(kind: str) -> str:
    return {"handoff": _("Handoff"), "noise": _("Noise"), "moment": _("What happened")}.get(kind, _("The day"))
