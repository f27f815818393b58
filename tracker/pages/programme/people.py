"""The programme's people, and how many trials it carries: counts, never a title, a party or a word that was written."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from flask import abort, current_app, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases.model import Handover
from tracker.errors import Refused
from tracker.pages import mail
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say, stay
from tracker.pages.front.entering import tell
from tracker.pages.handing_over import tell as tell_handed_over
from tracker.pages.languages import speaking, spoken
from tracker.pages.outcome_words import outcome_name
from tracker.pages.programme.blueprint import programme
from tracker.pages.programme.frame import mine, show, zone
from tracker.people import devices, memberships, second_step
from tracker.people.model import ROLES, Person
from tracker.plans.zones import to_utc
from tracker.trials import find, hand_over, outcome
from tracker.trials.state import State


@programme.get("/programme")
@audience(Audience.ADMINISTRATOR)
def people() -> tuple[str, int]:
    """Who works here, and the counts."""
    return _show({}, {})


@programme.post("/programme/memberships")
@audience(Audience.ADMINISTRATOR)
def invite() -> Response | tuple[str, int]:
    """Add a mediator or an administrator by their address, and write to them how to sign in."""
    role = request.form.get("role", "")
    if role not in ROLES:
        return _show(request.form, {"role": _("Please choose one.")}, 422)
    typed, form = request.form.get("email", ""), request.form.get("id", type=UUID)
    try:
        person = memberships.invite(mine(), typed, role, clock.now(), request.form.get("name", ""), form)
    except Refused as refused:
        if refused.code == "same":
            say(_("%(email)s has that task already. If no email came, add them once more.", email=typed.strip()))
            return _again()
        return _show(request.form, {"email": _("Write an email address, such as name@example.org.")}, 422)
    assert person.email is not None
    base = current_app.extensions["config"].base_url
    try:
        with speaking(person.language or spoken()):
            mail.send("membership", person.email, url=f"{base}/sign-in")
        say(_("We wrote to %(email)s how to sign in.", email=person.email))
    except mail.NotSent:
        sentence = _(
            "%(email)s can sign in now. The email about it could not be sent: please tell them.", email=person.email
        )
        say(sentence, done=False)
    return _again()


@programme.post("/programme/memberships/<uuid:membership>/endings")
@audience(Audience.ADMINISTRATOR)
def end(membership: UUID) -> Response | tuple[str, int]:
    """End a membership of this programme. Another programme's is not found."""
    try:
        memberships.end(mine().id, membership, clock.now())
        say(_("Done. This person no longer has that task here."))
    except Refused as refused:
        say(
            _("Somebody must stay who can invite others: add another administrator first.")
            if refused.code == "last_administrator"
            else _("This had ended already."),
            done=False,
        )
    return _again()


@programme.post("/programme/handovers")
@audience(Audience.ADMINISTRATOR)
def hand_cases_over() -> Response | tuple[str, int]:
    """Give the cases that have no mediator any more to one who works here. Which cases they are is not said."""
    now, said = clock.now(), request.form.get("to", "")
    takers = hand_over.settled(memberships.people_of(mine().id), now)
    first = next((one for one in takers if str(one.id) == said), None)
    if first is None:
        return _show({}, {"to": _("Choose who takes them over.")}, 422)
    takers.sort(key=lambda one: one is not first)
    left = hand_over.left_alone(mine().id)
    done = [one for alone in left if (one := _adopted(alone, takers, now))]
    for one in done:
        tell_handed_over(one)
    many = len(done) if left else hand_over.just_adopted(mine().id, current_user.person.id, now)
    if left or many:
        say(ngettext("%(num)s case was handed over.", "%(num)s cases were handed over.", many), done=bool(many))
    else:
        say(_("No case waits to be handed over."), done=False)
    return _again()


def _adopted(alone: UUID, takers: list[Person], now: datetime) -> Handover | None:
    """A case goes to the first of these who can take it. Whoever takes part in it cannot, and nobody is to learn who
    that is: so the next one has it without a word, and only what nobody can take stays."""
    for taker in takers:
        with suppress(Refused):
            return hand_over.adopt(alone, taker.id, current_user.person.id, now)
    return None


@programme.post("/programme/memberships/<uuid:membership>/second-step-resets")
@audience(Audience.ADMINISTRATOR)
def reset_second_step(membership: UUID) -> Response | tuple[str, int]:
    """Somebody lost every proof: they set up a new one at the next sign-in. Ends their sign-ins, and tells them."""
    current = memberships.people_of(mine().id)
    person = next((person for one, person in current if one.id == membership and one.used_at), None)
    if person is None:  # an address that was added here may be anybody's, who keeps the proofs they have
        abort(404)
    second_step.forget_all(person.id)
    devices.end_all(person.id, clock.now())
    tell(person)
    say(_("Done. %(name)s sets up a new second step at the next sign-in.", name=person.name))
    return _again()


def _again() -> Response | tuple[str, int]:
    """The page again, for who may still see it: one can end one's own task, and one's own sign-ins."""
    still = devices.current(current_user.person.id, clock.now()) and memberships.roles_of(current_user.person.id)
    return stay("/programme", lambda: _show({}, {})) if "administrator" in (still or ()) else go("/programme")


def _show(typed: Any, errors: dict[str, str], status: int = 200) -> tuple[str, int]:
    here, now = mine(), clock.now()
    working = memberships.people_of(here.id)
    everybody = [
        {
            "id": membership.id,
            "name": person.name if membership.used_at else membership.name,
            "email": person.email,
            "role": membership.role,
            "came_in": membership.used_at is not None,
        }
        for membership, person in working
    ]
    counts = find.count_by_state(here.id, now)
    words = _state_words()
    return show(
        "people.html",
        "people",
        status,
        name=here.name,
        groups=[(text, [p for p in everybody if p["role"] == role]) for role, text in _role_words()],
        roles=_role_choices(),
        counts=[(words[state], counts[state]) for state in State],
        total=counts.total(),
        alone=len(hand_over.left_alone(here.id)),
        takers=[(str(one.id), one.name) for one in hand_over.settled(working, now)],
        **_outcomes(now),
        typed=typed,
        id=uuid4(),
        errors=errors,
    )


def _outcomes(now: datetime) -> dict[str, Any]:
    """How trials went on, this year and ever: what a programme reports. Counts alone; they outlive deleted cases."""
    year = clock.local_date(zone(), now).year
    since = to_utc(date(year, 1, 1), time(0), zone())
    counted = outcome.count(mine().id, since)
    rows = [(outcome_name(kind), *counted[kind]) for kind in outcome.KINDS]
    return {"year": year, "outcomes": rows if any(ever for _text, _recent, ever in rows) else []}


def _role_words() -> list[tuple[str, str]]:
    return [("mediator", _("Mediators")), ("administrator", _("Administrators"))]


def _role_choices() -> list[tuple[str, str]]:
    return [("mediator", _("Mediator")), ("administrator", _("Administrator"))]


def _state_words() -> dict[State, str]:
    return {
        State.PROPOSED: _("Waiting for acceptances"),
        State.LAPSED: _("First day passed without them"),
        State.ACCEPTED: _("Accepted, not started"),
        State.RUNNING: _("Running"),
        State.PAUSED: _("Paused"),
        State.ENDED: _("Ended"),
    }
