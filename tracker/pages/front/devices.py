"""Devices and sign-in: where a person is signed in, their passkeys, their authenticator app, their recovery codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import languages
from tracker.pages.access import Audience, audience
from tracker.pages.agents import device_name
from tracker.pages.fragments import go, say, show
from tracker.pages.front.blueprint import front
from tracker.pages.front.entering import renew, renew_again, tell
from tracker.pages.front.local import local
from tracker.pages.front.passkeys import challenge
from tracker.pages.front.proof import may_change
from tracker.pages.front.sign_in import site
from tracker.pages.front.sign_out import leave
from tracker.pages.texts import clock_time, day
from tracker.people import devices as sign_ins
from tracker.people import passkeys, second_step
from tracker.people.model import Device

PROVE = "/second-step?next=/devices"


@front.get("/devices")
@audience(Audience.SIGNED_IN)
def devices() -> tuple[str, int]:
    """All of it."""
    return show_devices("", {}, 200)


def show_devices(typed: str, errors: dict[str, str], status: int) -> tuple[str, int]:
    """The page; with the email address that was typed, if it came back."""
    person, now = current_user.person, clock.now()
    return show(
        "front/devices.html",
        status=status,
        typed=typed,
        errors=errors,
        signed_in=[_line(one) for one in sign_ins.current(person.id, now)],
        passkeys=[{"id": one.id, "name": one.name, "sub": _used(one)} for one in passkeys.of_person(person.id)],
        ways=second_step.ways(person.id),
        shown=second_step.shown(person.id),
        may_change=may_change(),
        asked_at_sign_in=current_user.device.staff,
        email=person.email,
        site=site(),
        language=languages.rows(),
        name=device_name(request.user_agent.string),
    )


@front.post("/devices/<uuid:device>/endings")
@audience(Audience.SIGNED_IN)
def end_device(device: UUID) -> Response:
    """End one sign-in of this person. Another's is not touched, and nothing tells that there is one."""
    if device == current_user.device.id:
        return leave()
    sign_ins.end_of(current_user.person.id, device, clock.now())
    say(_("Done. Nobody is signed in there any more."))
    return go("/devices")


@front.post("/devices/endings")
@audience(Audience.SIGNED_IN)
def end_all_devices() -> Response:
    """Sign out everywhere, here too."""
    sign_ins.end_all(current_user.person.id, clock.now())
    return leave()


@front.post("/passkeys")
@audience(Audience.SIGNED_IN)
def add_passkey() -> Response | tuple[str, int]:
    """Keep the passkey that this browser has just made."""
    here = site() or abort(404)
    target, person, answer = local(request.form.get("next")), current_user.person, request.form.get("credential", "")
    if renew_again(answer):
        return set_up(target, _("The passkey is kept."))
    if not may_change():
        return go(PROVE)
    try:
        passkeys.add(person, challenge(), answer, request.form.get("name", ""), here, clock.now())
    except Refused as refused:
        many = _("You have ten passkeys. Remove one that you no longer use first.")
        say(many if refused.code == "many" else _("The passkey was not kept. Please try again."), done=False)
        return go(f"/second-step?next={target}" if target else "/devices")
    return after_setting_up(target, _("The passkey is kept."), answer)


@front.post("/passkeys/<uuid:passkey>/removals")
@audience(Audience.SIGNED_IN)
def remove_passkey(passkey: UUID) -> Response:
    """Remove one. Twice is fine; another's is not touched, and nothing tells that there is one."""
    if not may_change():
        return go(PROVE)
    if passkeys.remove(current_user.person.id, passkey):
        tell(current_user.person)
        say(_("Removed. It no longer signs anybody in. You may also delete it in the device itself."))
    else:
        say(_("It is not among your passkeys any more."))
    return go("/devices")


@front.post("/recovery-codes")
@audience(Audience.SIGNED_IN)
def new_recovery_codes() -> Response | tuple[str, int]:
    """Make new ones and show them, this once."""
    if not may_change():
        return go(PROVE)
    tell(current_user.person)
    return show_codes(local(request.form.get("next")))


@front.post("/recovery-codes/keepings")
@audience(Audience.SIGNED_IN)
def keep_recovery_codes() -> Response:
    """They are written down: from now on they are the ones that there are."""
    if not second_step.keep_codes(current_user.person.id, request.form.get("made", type=UUID)):
        say(_("Those codes do not work: newer ones were made after them. Make new codes, and keep those."), done=False)
        return go("/devices")
    return go(local(request.form.get("next")) or "/devices")


def after_setting_up(target: str, sentence: str, proof: str) -> Response | tuple[str, int]:
    """After a passkey or an app was added: this sign-in is proved."""
    tell(current_user.person)
    renew(proof)
    return set_up(target, sentence)


def set_up(target: str, sentence: str) -> Response | tuple[str, int]:
    """Says so; and who has no recovery codes gets some."""
    if not second_step.ways(current_user.person.id).codes:
        return show_codes(target, sentence)
    say(sentence)
    return go(target or "/devices")


def show_codes(target: str, sentence: str = "") -> tuple[str, int]:
    """The only page that shows them."""
    person, url = current_user.person.id, target or "/devices"
    codes = second_step.new_codes(person, clock.now())
    made, before = second_step.shown(person), second_step.ways(person).codes
    return show("front/recovery-codes.html", codes=codes, made=made, before=before, next=url, sentence=sentence)


def _line(device: Device) -> dict[str, Any]:
    zone = ZoneInfo(current_user.person.timezone)
    since, seen = device.created_at.astimezone(zone), device.seen_at.astimezone(zone)
    return {
        "id": device.id,
        "name": device.name or _("A device"),
        "here": device.id == current_user.device.id,
        "shared": device.shared,
        "since": f"{day(since.date())}, {clock_time(since)}",
        "seen": f"{day(seen.date())}, {clock_time(seen)}",
    }


def _used(passkey: Any) -> str:
    if passkey.used_at is None:
        return _("Added %(day)s, not used yet", day=day(passkey.created_at.date()))
    return _("Added %(day)s, used %(used)s", day=day(passkey.created_at.date()), used=day(passkey.used_at.date()))
