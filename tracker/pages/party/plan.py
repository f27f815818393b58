"""The plan: what is tried, who accepted it and when; and the answers to a plan that is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.errors import Refused
from tracker.pages.access import Audience, audience, here
from tracker.pages.agree_words import refusal
from tracker.pages.faces import with_faces
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.plan_words import describe
from tracker.pages.texts import day
from tracker.plans.values import parse_number
from tracker.trials import agree, extension, versions
from tracker.trials.state import State
from tracker.trials.versions import Version


@party.get("/trials/<uuid:trial>/plan")
@audience(Audience.PARTY)
def plan_page(trial: UUID) -> tuple[str, int]:
    """The plan in force, or the one that is proposed."""
    return show_plan("more", {}, "", 200)


@party.post("/trials/<uuid:trial>/acceptances")
@audience(Audience.PARTY)
def accept(trial: UUID) -> Response:
    """Accept the version that was shown."""
    try:
        agree.accept(here(), _number(), clock.now())
    except Refused as refused:
        say(refusal(refused.code), done=False)
        return go(f"{base()}/plan")
    say(_("You have accepted this plan."))
    return go(f"{base()}/today")


@party.post("/trials/<uuid:trial>/change-requests")
@audience(Audience.PARTY)
def ask_for_change(trial: UUID) -> Response | tuple[str, int]:
    """Tell the mediator, and nobody else, what should be different."""
    text = request.form.get("text", "").strip()
    if not 0 < len(text) <= lengths.MESSAGE or "\0" in text:
        wrong = _("Write what should be different, in at most %(n)s characters.", n=lengths.MESSAGE)
        return show_plan("more", {"text": wrong}, text, 422)
    try:
        agree.ask_for_change(here(), _number(), text, clock.now())
    except Refused as refused:
        return show_plan("more", {"text": refusal(refused.code)}, text, 422)
    say(_("Your mediator has your wish, and nobody else. Nothing is accepted by it."))
    return go(f"{base()}/plan")


def show_plan(current: str, errors: Mapping[str, str], wish: str, status: int) -> tuple[str, int]:
    """The plan, with the form to answer it while it waits for this party."""
    found, now = here(), clock.now()
    state = found.state(now)
    longer = extension.proposed(found) if state.in_force else None
    known = versions.of_trial(found.trial.id)
    in_force = next(one for one in known if one.plan.number == found.plan.number)
    to_accept = state is State.PROPOSED and me().id not in in_force.accepted
    return show(
        "plan.html",
        current,
        status,
        title=_("A plan to try") if state is State.PROPOSED else _("The plan"),
        words=describe(found.outline, found.parties, found.facts.today(now)),
        number=found.plan.number,
        last=found.facts.last_day,
        sharing=found.trial.sharing,
        acceptances=_acceptances(in_force),
        versions=[_version(one) for one in known] if len(known) > 1 else [],
        to_accept=to_accept,
        changed=to_accept and any(me().id in one.accepted for one in known),
        asked=_asked(known[0]) if to_accept or (longer and not longer.accepted) else None,
        longer=longer,
        wish=wish,
        errors=errors,
    )


def _asked(version: Version) -> dict[str, str] | None:
    """What this party asked to change in the version that waits for an answer."""
    wish = agree.wish(version.plan.id, me().id)
    return {"on": day(clock.local_date(here().zone, wish.at)), "text": wish.text} if wish else None


def _number() -> int:
    return parse_number(request.form.get("version")) or 0


def _acceptances(version: Version) -> list[dict[str, Any]]:
    zone = here().zone
    given = {party: clock.local_date(zone, at) for party, at in version.accepted.items()}
    return [
        {"face": face, "on": day(given[party.id]) if party.id in given else ""}
        for party, face in with_faces(here().parties)
    ]


def _version(one: Version) -> dict[str, Any]:
    on = day(clock.local_date(here().zone, one.plan.created_at))
    return {
        "number": one.plan.number,
        "on": on,
        "last": day(one.plan.last_day),
        "now": one.plan.number == here().plan.number,
    }
