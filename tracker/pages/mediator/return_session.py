"""The return session at the mediator's desk: when and how, who comes, and what each party prepared for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.cases import guests
from tracker.cases.guests import Invited
from tracker.errors import Refused
from tracker.pages import fragments, since_opened
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import with_faces
from tracker.pages.mediator import going_on
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.preparation_words import by_party
from tracker.pages.session_mail import invite_all, uninvite
from tracker.pages.session_words import form_words
from tracker.pages.texts import day, day_time
from tracker.plans.values import parse_date, parse_number, parse_time
from tracker.plans.zones import to_utc
from tracker.returns import option, preparation, referral, session
from tracker.returns.model import FORMS
from tracker.returns.session import Arrangement

Answer = Response | tuple[str, int]


@mediator.get("/caseload/<uuid:trial>/return-session")
@audience(Audience.MEDIATOR)
def return_session(trial: object) -> tuple[str, int]:
    """Everything for the return session on one page."""
    return page()


@mediator.post("/caseload/<uuid:trial>/return-session")
@audience(Audience.MEDIATOR)
def plan_session(trial: object) -> Answer:
    """Set, change or cancel the return session. Everybody's calendar follows."""
    if "cancel" in request.form:
        gone = session.cancel(here(), clock.now())
        if gone is not None:
            invite_all(here(), gone)
        return back(_("There is no return session planned now."))
    typed = {name: value.strip() for name, value in request.form.items()}
    errors = _newer(typed)
    if errors:
        return page(errors, typed, 422)
    wanted, errors = _read(typed)
    if wanted is None or errors:
        return page(errors, typed, 422)
    before = session.arrangement_of(here().trial.id)
    try:
        found = session.arrange(here(), wanted)
    except Refused as refused:
        return page({problem.place: _sentence(problem.place) for problem in refused.problems}, typed, 422)
    told = invite_all(here(), found, before)
    uninvite(here(), found, (before.guests if before else frozenset()) - wanted.guests)
    when = _(
        "The return session is on %(day)s, %(time)s.", day=day(_local_time(found.starts_at).date()), time=typed["time"]
    )
    return back(f"{when} {_('Those with an address got an invitation for their calendar.')}" if told else when)


def page(
    errors: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None, status: int = 200
) -> tuple[str, int]:
    """The page; `errors` and what was typed, if one of its forms came back."""
    found, now = here(), clock.now()
    arranged = session.arrangement_of(found.trial.id)
    invited = guests.of_case(found.case.id)
    prepared = preparation.for_mediator(found)
    people = [(party.id, face) for party, face in with_faces(found.parties)]
    options = option.of_trial(found.trial.id)
    return show(
        "return-session.html",
        "sessions",
        status=status,
        title=found.trial.title,
        url=f"/caseload/{found.trial.id}",
        zone=found.trial.timezone,
        session={
            "when": day_time(arranged.starts_at, found.zone),
            "place": arranged.place,
            "form": form_words(arranged.form, mediator=True),
        }
        if arranged
        else None,
        shown=typed if typed and "time" in typed else _typed(arranged),
        was=since_opened.marks(_kept(arranged, invited)),
        forms=[(form, form_words(form, mediator=True)) for form in FORMS],
        people=people,
        party_options=[(face["key"], face["name"]) for _id, face in people],
        guests=[(one, len(one.yes), {party for party, _f in people} <= one.yes) for one in invited],
        site=current_app.extensions["config"].base_url,
        prepared=by_party(prepared, people),
        bring=[
            (dict(people)[one.party_id], text) for one in prepared if one.topic == "documents" for text in one.texts
        ],
        options=[(one, dict(people)[one.party_id]) for one in options],
        held={face["key"]: [one.text for one in options if one.party_id == id_] for id_, face in people},
        referrals=[(one, dict(people)[one.party_id]) for one in referral.of_trial(found.trial.id)],
        referral_form=uuid4(),
        typed=typed or {},
        errors=errors or {},
        today=found.facts.today(now),
        going=going_on.values(),
        at=request.args.get("at", ""),
    )


def back(sentence: str, *, done: bool = True) -> Answer:
    """To the page again, with a sentence; `done=False` if it says why not."""
    fragments.say(sentence, done=done)
    return fragments.stay(f"/caseload/{here().trial.id}/return-session", page)


def _newer(typed: dict[str, str]) -> dict[str, str]:
    """Lets what another page settled meanwhile stand in `typed`, where its sender left it as it was; the errors where
    they did not. A session that was cancelled there is not planned again by who only changed its room."""
    arranged, invited = session.arrangement_of(here().trial.id), guests.of_case(here().case.id)
    kept, blank, opened = _kept(arranged, invited), _kept(None, invited), since_opened.brought(request.form)
    if arranged is None and opened and opened.get("was-day") != since_opened.marks(blank)["was-day"]:
        return {"day": _("On another page the session was cancelled meanwhile. Save again to plan it after all.")}
    said = {name: typed.get(name, blank.get(name, "")) for name in kept}
    wanted, clash = since_opened.merge(request.form, said, kept)
    typed.update(wanted)
    return {name: since_opened.newer(_in_words(name, now)) for name, now in clash.items()}


def _in_words(name: str, kept: str) -> str:
    if name == "day" and (on := parse_date(kept)):
        return day(on)
    return str(form_words(kept, mediator=True)) if name == "held" else kept


def _read(typed: Mapping[str, str]) -> tuple[Arrangement | None, dict[str, str]]:
    """What was typed as an arrangement; the errors by field."""
    errors = {}
    on, at = parse_date(typed.get("day", "")), parse_time(typed.get("time", ""))
    if on is None:
        errors["day"] = _("Choose the day of the return session.")
    elif wrong := _far_away(on):
        errors["day"] = wrong
    if at is None:
        errors["time"] = _("Choose the time, such as 14:00.")
    if len(typed.get("place", "")) > lengths.LINE:
        errors["place"] = _("Use at most %(n)s characters.", n=lengths.LINE)
    if on is None or at is None or errors:
        return None, errors
    form = typed.get("held", "together")
    arrivals: dict[UUID, datetime] = {}
    for party in here().parties if form == "separate_arrival" else ():
        own = parse_time(typed.get(f"arrival-{party.key}", ""))
        if own is None:
            errors[f"arrival-{party.key}"] = _("Choose when %(name)s is to arrive.", name=party.name)
        else:
            arrivals[party.id] = to_utc(on, own, here().zone)
    coming = {one.id for one in guests.of_case(here().case.id) if typed.get(f"guest-{one.id}")}
    minutes = parse_number(typed.get("minutes", "90")) or 0
    return Arrangement(
        to_utc(on, at, here().zone), typed.get("place", ""), form, minutes, arrivals, frozenset(coming)
    ), errors


def _far_away(on: date) -> str:
    """Why the session cannot be on this day: mostly a year that was mistyped, and everybody would be told."""
    facts = here().facts
    if on < facts.starts_on:
        return _(
            "Choose a day from %(first)s on, when the trial begins. Look at the year, too.", first=day(facts.starts_on)
        )
    return too_late(on)


def too_late(on: date) -> str:
    """Why nothing about this trial is on such a day: nobody reads the year that was mistyped."""
    facts = here().facts
    if on > max(facts.last_day, facts.today(clock.now())) + timedelta(days=366):
        return _("This is more than a year after the trial. Look at the year again.")
    return ""


def _typed(arranged: Arrangement | None) -> dict[str, Any]:
    """A session as its form shows it."""
    if arranged is None:
        return {"held": "together", "minutes": "90"}
    local = _local_time(arranged.starts_at)
    shown = {"day": local.date().isoformat(), "time": f"{local:%H:%M}", "place": arranged.place, "held": arranged.form}
    keys = {party.id: party.key for party in here().parties}
    shown |= {f"arrival-{keys[id_]}": f"{_local_time(at):%H:%M}" for id_, at in arranged.arrivals.items()}
    return shown | {f"guest-{guest}": "yes" for guest in arranged.guests} | {"minutes": str(arranged.minutes)}


def _kept(arranged: Arrangement | None, invited: Iterable[Invited]) -> dict[str, str]:
    """The same with every field that the form has."""
    everybody = {party.id for party in here().parties}
    names = ["day", "time", "place", *(f"arrival-{party.key}" for party in here().parties)]
    names += [f"guest-{one.id}" for one in invited if one.yes >= everybody]
    return dict.fromkeys(names, "") | _typed(arranged)


def _sentence(place: str) -> str:
    return {
        "place": _("Use at most %(n)s characters.", n=lengths.LINE),
        "held": _("Choose how the session is held."),
        "minutes": _("Write a whole number of minutes from 15 to 480."),
        "guests": _("A guest comes only when each party has said yes."),
    }.get(place, _("Please look at this again."))


def _local_time(moment: datetime) -> datetime:
    return moment.astimezone(here().zone)
