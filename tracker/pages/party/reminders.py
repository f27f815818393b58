"""Reminders: when they come, how, in which words, or not at all. What is changed counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import feeds, settings
from tracker.cases.model import CalendarFeed
from tracker.cases.settings import Choice
from tracker.checkins import by_hand, channels
from tracker.checkins.channels import CHANNELS
from tracker.config import Config
from tracker.db import transaction
from tracker.delivery import others, push
from tracker.errors import Refused
from tracker.pages import channel_words
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.limits import limiter, signed_in_person
from tracker.pages.party import reminder_words, reminders_since
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.texts import clock_time
from tracker.people import persons, subscriptions
from tracker.people.programmes import FEED
from tracker.plans.values import parse_time


@party.get("/trials/<uuid:trial>/reminders")
@audience(Audience.PARTY)
def reminders(trial: UUID) -> tuple[str, int]:
    """Everything that a party settles about their reminders."""
    return _show(_typed(settings.choice(me())), {}, 200)


@party.post("/trials/<uuid:trial>/reminders")
@audience(Audience.PARTY)
@limiter.limit("60 per hour", key_func=signed_in_person)
def save_reminders(trial: UUID) -> Response | tuple[str, int]:
    """Keep it all, or nothing. Without reminders what is wrong stays as it was, for whoever wants them back."""
    form, kept = request.form.to_dict(), settings.choice(me())
    newer = reminders_since.settle(form, _typed(kept))
    choice, errors = _read(form, kept)
    if errors := newer or errors:
        return _show(form, errors, 422)
    with transaction():
        if _forgets(form) or ("phone" in form and "text" in _open()):
            persons.keep_phone(current_user.person.id, None if _forgets(form) else others.number(form["phone"]))
        settings.choose(me().id, choice)
    say(_("Saved."))
    return go(f"{base()}/more")


@party.post("/trials/<uuid:trial>/check-ins")
@audience(Audience.PARTY)
@limiter.limit("6 per hour", key_func=signed_in_person)
def remind_me_now(trial: UUID) -> Response:
    """Send one now, by every way that is chosen."""
    try:
        by_hand.ask_now(here(), current_app.extensions["config"], clock.now())
        say(_("It is on its way. If nothing comes in a few minutes, look at the ways below."))
    except Refused:
        rests = _("Nothing was sent: one comes only while the trial runs and your reminders are on.")
        say(_("Nothing was sent.") if channel_words.switched_off(here()) else rests, done=False)  # the page says why
    return go(f"{base()}/reminders")


def _read(form: Mapping[str, str], old: Choice) -> tuple[Choice, dict[str, str]]:
    """What was chosen, and what is wrong with it."""
    wanted = form.get("wanted") == "yes"
    at = parse_time(form.get("check_in_at", ""))
    days = frozenset(n for n in reminder_words.WEEK if form.get(f"day-{n}"))
    offered = [name for name in _open() if name in form.get("offered", "").split()]
    ways = _ways(form, old)
    usable = any(name in _open() for name in ways)
    rests = [name for name in CHANNELS if name in ways or (name in old.channels and name in _open())]
    choice = Choice(
        at=at or old.at,
        wanted=wanted,
        days=days or old.days,
        every=3 if form.get("every") == "3" else 1,
        wording="plain" if form.get("wording") == "plain" else "discreet",
        channels=tuple(ways if usable else rests),
    )
    errors: dict[str, str] = {}
    if wanted and at is None:
        errors["check_in_at"] = _("Write a time, such as 20:30.")
    if wanted and not days and "every" in form:
        errors["day-1"] = _("Choose at least one day, or switch reminders off above.")
    if wanted and offered and not usable:
        errors[f"channel-{offered[0]}"] = _("Choose at least one way, or switch reminders off above.")
    return choice, errors | _phone_errors(form)


def _ways(form: Mapping[str, str], old: Choice) -> list[str]:
    """The ways with a tick, and those of before that the form did not show. One that is closed can only be taken back:
    also by a page from before it was closed."""
    shown = f"{form.get('offered', '')} {form.get('closed', '')}".split()
    lost = {"text"} if _forgets(form) else set()  # it goes with the number that it needs
    can_be = [name for name in CHANNELS if name in _open() or name in {*old.channels} - lost]
    return [name for name in can_be if (form.get(f"channel-{name}") if name in shown else name in old.channels)]


def _forgets(form: Mapping[str, str]) -> bool:
    """Whether the number goes while no texts are sent: it is deleted, or was emptied on a page from before that."""
    emptied = "phone" in form and not form["phone"].strip()
    return "text" not in _open() and ("forget-phone" in form or emptied)


def _phone_errors(form: Mapping[str, str]) -> dict[str, str]:
    """A number that is none; or none where texts are wanted. Nothing where none is asked for."""
    if "text" not in _open():
        return {}
    typed = form.get("phone", "").strip()
    if typed and others.number(typed) is None:
        return {"phone": _("Write the number with its country code, such as +1 555 010 0123.")}
    if not typed and form.get("channel-text"):
        return {"phone": _("Write the number that texts go to.")}
    return {}


def _typed(choice: Choice) -> dict[str, str]:
    """The choice as its form would have it."""
    typed = {"check_in_at": clock_time(choice.at), "every": str(choice.every), "wording": choice.wording}
    typed |= {"wanted": "yes"} if choice.wanted else {}
    typed |= {f"day-{n}": "yes" for n in choice.days} | {f"channel-{name}": "yes" for name in choice.channels}
    return typed | {"phone": current_user.person.phone}


def _show(typed: Mapping[str, str], errors: Mapping[str, str], status: int) -> tuple[str, int]:
    config: Config = current_app.extensions["config"]
    devices = subscriptions.of_person(current_user.person.id, clock.now())
    feed = feeds.of_party(me().id)
    closed = [name for name in settings.choice(me()).channels if name not in _open()]
    rows = channel_words.to_choose(_open(), current_user.person.email, len(devices))
    return show(
        "reminders.html",
        "more",
        status,
        typed=typed,
        errors=errors,
        was=reminders_since.marks(_typed(settings.choice(me())), [*(row["key"] for row in rows), *closed]),
        at=request.args.get("at", ""),
        zone=me().timezone.replace("_", " "),
        weekdays=reminder_words.days_of_week(),
        channels=rows,
        switched_off=_switched_off(choosable=bool(rows)),
        closed=channel_words.closed(closed),
        texts="text" in _open(),
        kept_number="" if "text" in _open() else current_user.person.phone,
        wordings=reminder_words.wordings(),
        sender=config.mail_from,
        plain_words=reminder_words.plain_words(),
        feed=_feed(feed, config) if feed else None,
        calendar=here().allows(FEED),
        push_key=push.public_key(config) if "push" in _open() and not current_user.device.shared else "",
        can_try=by_hand.possible(here(), config, clock.now()),
        here_on=any(one.device_id == current_user.device.id for one in devices),
    )


def _feed(feed: CalendarFeed, config: Config) -> dict[str, Any]:
    return {"id": feed.id, "url": f"{config.base_url}/calendar-feeds/{feed.token}.ics", "plain": feed.plain}


def _open() -> list[str]:
    """The ways that the installation has and this party's programme allows."""
    return channels.possible(here(), current_app.extensions["config"])


def _switched_off(*, choosable: bool) -> str:
    """That the programme sends by none of the ways that the party chose, and what they can do; empty where one goes."""
    sentence = channel_words.switched_off(here())
    if not sentence or not (choosable or "push" in _open()):
        return sentence
    more = _("It sends them to devices: switch that on below, on a device of your own.")
    return f"{sentence} {_('Choose another way.') if choosable else more}"
