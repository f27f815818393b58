"""The forms of a noise and of a moment: a new one, or one that takes the place of what was written before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.observations import read
from tracker.observations.model import Observation
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go
from tracker.pages.party import asked, drafts, events
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.party.sheet import uuid_of
from tracker.pages.texts import clock_time
from tracker.plans.entry import MOMENT_TYPES
from tracker.plans.values import parse_date
from tracker.trials.here import Here

PATHS = {"noise": "noise", "moment": "moments"}  # where the form of a kind is


@party.get("/trials/<uuid:trial>/noise")
@audience(Audience.PARTY)
def noise_form(trial: UUID) -> Response | tuple[str, int]:
    """A noise that is over, written down whole."""
    return _asked_for(trial) or show_form("noise", _fresh(), {}, 200)


@party.get("/trials/<uuid:trial>/moments")
@audience(Audience.PARTY)
def moment_form(trial: UUID) -> Response | tuple[str, int]:
    """What I did, what I announced, what happened: `?type=` chooses one of them."""
    at = clock_time(clock.now(), here().zone) if "day" not in request.args else ""
    type_ = request.args.get("type", "")
    fresh = _fresh() | {"at": at, "type": type_ if type_ in MOMENT_TYPES else ""}
    return _asked_for(trial) or show_form("moment", fresh, {}, 200)


@party.get("/trials/<uuid:trial>/entries/<uuid:entry>")
@audience(Audience.PARTY)
def entry_form(trial: UUID, entry: UUID) -> Response | tuple[str, int]:
    """An own noise or moment as it counts now, to add to or to correct. A day and a handoff: on their day's page.

    What is half typed in it stays the same draft, whatever other device corrected it meanwhile.
    """
    found = read.one(here().trial.id, me().id, entry)
    if found is None:
        abort(404)
    if found.kind not in ("noise", "moment"):
        return go(f"{base()}/days/{found.day}")
    first, newest = read.first_and_newest(found)
    more = {"corrects": str(newest.id), "draft": f"{base()}/{PATHS[found.kind]}?entry={first}"}
    return show_form(found.kind, events.typed_event(newest, here()) | more, {}, 200, newest)


def _asked_for(trial: UUID) -> Response | tuple[str, int] | None:
    """`?entry=` says which entry is corrected: the address of its form that a phone without a network knows as well."""
    entry = uuid_of(request.args, "entry")
    return entry_form(trial, entry) if entry else None


def show_form(
    kind: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int, shown: Observation | None = None
) -> tuple[str, int]:
    """The form of `kind`, filled in as `typed`; `shown`: what is corrected with it."""
    found, now = here(), clock.now()
    address = typed.get("draft") or request.full_path.rstrip("?")
    facts = found.facts
    if kind not in asked.forms(found) or not found.state(now).begun:
        abort(404)
    return show(
        f"{kind}.html",
        "today",
        status,
        errors=errors,
        id=uuid4(),
        first=facts.starts_on,
        last=facts.latest_day(now),
        draft=drafts.draft(address, typed, errors, shown),
        **parts(found, kind, typed),
    )


def parts(found: Here, kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the form of `kind` asks, filled in as `typed`."""
    form = asked.forms(found)[kind]
    return {
        "form": form,
        "title": _title(kind, typed),
        "leave": _("Leave it as it is") if typed.get("corrects") else _("Cancel"),
        "questions": {one.key: _question(one) for one in form.questions if one.kind in ("choice", "scale")},
        "milestones": [(one.key, one.text) for one in asked.milestones(found.agreed, {})],
        "typed": typed,
    }


def _title(kind: str, typed: Mapping[str, str]) -> str:
    if kind == "moment":
        return _("What happened?")
    return _("About this noise") if typed.get("corrects") else _("Note a noise")


def _question(question: Any) -> dict[str, Any]:
    return asked.scale(question) if question.kind == "scale" else asked.choice(question)


def _fresh() -> dict[str, str]:
    """An empty form: today, or the day that the address names."""
    facts = here().facts
    day = parse_date(request.args.get("day", "")) or facts.today(clock.now())
    return {"day": min(max(day, facts.starts_on), facts.last_day).isoformat(), "audience": "mediator"}
