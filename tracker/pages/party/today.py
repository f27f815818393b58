"""Today: what is expected, one tap that says it went as planned, and nothing to do after that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.observations import noise, read
from tracker.observations.read import Said
from tracker.pages.access import Audience, audience, here
from tracker.pages.party import asked, drafts, expected, states
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, day_of, me, show
from tracker.pages.party.own_strip import own_strip
from tracker.pages.party.questions import day_questions
from tracker.pages.party.stamp import stamp
from tracker.pages.texts import clock_time
from tracker.trials import changes, extension
from tracker.trials.model import Change
from tracker.trials.outline import changed_by
from tracker.trials.state import State

EVENING = 16  # the hour from which a reminder comes in the evening
ONE_DAY = timedelta(days=1)
SOON = timedelta(days=7)  # a milestone is shown from a week before it is due


@party.get("/trials/<uuid:trial>/today")
@audience(Audience.PARTY)
def today(trial: UUID) -> tuple[str, int]:
    """The day's one screen; a calm one while there is no day to write about."""
    if here().state(clock.now()) is not State.RUNNING:
        return states.show_state()
    return show_today({}, {}, 200)


def show_today(typed: Mapping[str, str], errors: Mapping[str, str], status: int) -> tuple[str, int]:
    """Today as it stands, or with a form that came back."""
    now = clock.now()
    found, mine, day = here(), me(), here().facts.today(now)
    number = found.facts.day_number(now)
    own = read.said_since(found.trial.id, mine.id, day - ONE_DAY)
    logged = Said("day", day) in own
    proposals = changes.of_trial(found.trial.id) if found.agreed.schedule.nights else []
    outline = changed_by(found.agreed, proposals)
    outcomes = _outcomes(own, expected.has_handoff(outline, day), day)
    parties = found.parties if outline.schedule.nights else [mine]
    return show(
        "today.html",
        "today",
        status,
        day=day,
        zone=found.trial.timezone,
        day_of=day_of(found, number),
        number=number,
        days=found.facts.days,
        expected=expected.lines(outline, day, parties, mine, day),
        outcomes=outcomes,
        on_time=asked.on_time(found),
        logged=logged and not errors,
        then=_("You can still say how the handoff went.") if outcomes else what_is_next(day),
        one_tap=one_tap(len(outline.terms)),
        questions="" if logged and not errors else day_questions(found, parties, typed, errors),
        ids={"id": uuid4(), "handoff_id": uuid4(), "noise": uuid4(), "steps": defaultdict(uuid4)},
        typed=typed or {"audience": "mediator"},
        errors=errors,
        draft=drafts.draft(drafts.of_day(base(), day), typed, errors),
        draft_handoff=drafts.draft(drafts.of_handoff(base(), day), typed, errors),
        yesterday=_open_yesterday(own, day),
        strip=own_strip(found, mine, day) if logged else None,
        proposals=_open_proposals(proposals, now),
        extension=extension.proposed(found),
        stamp=stamp(found, outline, now),
        now=now.isoformat(),
        **_events(now),
    )


def what_is_next(day: date) -> str:
    """What follows once today is written, in a sentence."""
    if day == here().facts.last_day:
        return _("This was the last day. Thank you.")
    evening = me().check_ins and me().check_in_at.hour >= EVENING
    return _("See you tomorrow evening.") if evening else _("See you tomorrow.")


def one_tap(terms: int) -> str:
    """*All three terms, one tap*."""
    small = {2: _("Both terms, one tap"), 3: _("All three terms, one tap"), 4: _("All four terms, one tap")}
    return small.get(terms) or ngettext("%(num)s term, one tap", "All %(num)s terms, one tap", terms)


def _outcomes(own: set[Said], planned: bool, day: date) -> list[tuple[str, str]]:
    """What to ask about today's handoff: nothing where none is planned, or the answer is there."""
    return asked.outcomes(here()) if planned and Said("handoff", day) not in own else []


def _open_yesterday(own: set[Said], day: date) -> date | None:
    before = day - ONE_DAY
    return before if before >= here().facts.starts_on and Said("day", before) not in own else None


def _open_proposals(proposals: list[Change], now: datetime) -> int:
    """How many swapped nights the other party proposes and this one has not answered."""
    today_ = here().facts.today(now)
    return sum(c.answer is None and c.proposed_by != me().id and c.day >= today_ for c in proposals)


def _events(now: datetime) -> dict[str, Any]:
    """The second big button of plans whose forms ask for more than a day."""
    found, forms = here(), asked.forms(here())
    role = asked.role(found, me())
    going = noise.running(found) if "noise" in forms else None
    return {
        "role": role,
        "hears": "noise" in forms,
        "tells": "moment" in forms,
        "going": {
            "id": going.id,
            "at": going.started_at.isoformat(),
            "since": clock_time(going.started_at, found.zone),
            "seconds": _seconds(going.started_at, now),
        }
        if going
        else None,
        "steps": _steps(now) if found.agreed.schedule.milestones else [],
    }


def _seconds(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds()))


def _steps(now: datetime) -> list[Any]:
    """The milestones that are due, or soon: with the two buttons that say so."""
    done = read.milestones_done(here().trial.id, me().id)
    until = here().facts.today(now) + SOON
    return [one for one in asked.milestones(here().agreed, done) if one.due <= until]
