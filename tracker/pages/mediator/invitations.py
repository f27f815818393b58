"""Invitations: a QR code to show in the room, a code to read out, a link to send."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any

import segno
from flask import abort, current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import invite
from tracker.cases.model import Invitation, Party
from tracker.errors import Refused
from tracker.keeping.holds import is_held
from tracker.pages import fragments, mail
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.texts import day

GROUP = 4  # letters of the code that stand together


@mediator.post("/caseload/<uuid:trial>/invitations")
@audience(Audience.MEDIATOR)
def renew(trial: object) -> Response:
    """A fresh invitation for one party, or the open one by email."""
    party = _party()
    try:
        _send(party) if "send" in request.form else _renew(party)
    except Refused:
        fragments.say(_("%(name)s has joined already.", name=party.name), done=False)
    return fragments.go(f"/caseload/{here().trial.id}#invitations")


@mediator.post("/caseload/<uuid:trial>/ways-in")
@audience(Audience.MEDIATOR)
def let_in_again(trial: object) -> Response:
    """A new way in for a party who has joined and cannot come back, or taking it back before it is used."""
    party = _party()
    if "withdraw" in request.form:
        if invite.withdraw(party.id, clock.now()):
            fragments.say(_("Taken back. The code for %(name)s no longer works.", name=party.name))
        else:
            late = _("Too late: the code for %(name)s has been used. Was it not them? Make a new one.", name=party.name)
            fragments.say(late, done=False)
        return _to_party(party)
    if is_held(party.case_id):
        fragments.say(_("The programme holds this case at present: nobody can be let in again."), done=False)
        return _to_party(party)
    with suppress(Refused):
        invite.invite(party, clock.now(), again=True)
    return _to_party(party)


def _party() -> Party:
    party = next((one for one in here().parties if str(one.id) == request.form.get("party")), None)
    if party is None:
        abort(404)
    return party


def _to_party(party: Party) -> Response:
    return fragments.go(f"/caseload/{here().trial.id}/parties#party-{party.key}")


def way_in(invitation: Invitation) -> dict[str, Any]:
    """What is shown of an open invitation: its address, as a QR code too, its code, and until when."""
    url = address(invitation)
    return {
        "url": url,
        "code": grouped(invitation.code),
        "qr": qr(url),
        "code_url": code_url(),
        "until": day(invitation.expires_at.date()),
    }


def shown(party: Party, invitation: Invitation | None) -> dict[str, Any]:
    """One party's invitation as the page shows it; without one they have joined, or it has expired."""
    values = {"id": party.id, "name": party.name, "email": party.email, "joined": party.person_id is not None}
    if invitation is None or values["joined"]:
        return values
    return values | way_in(invitation)


def address(invitation: Invitation) -> str:
    """The link that the QR code holds."""
    return f"{current_app.extensions['config'].base_url}/invitations/{invitation.token}"


def code_url() -> str:
    """Where a code is typed."""
    return f"{current_app.extensions['config'].base_url}/invitations"


def grouped(code: str) -> str:
    """A code in groups of four, as it is read out."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


@lru_cache(maxsize=64)
def qr(url: str) -> str:
    """The QR code as inline SVG without styles, dark on light in every scheme. Markup, drawn from our own address."""
    text: str = segno.make(url, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    return text


def _renew(party: Party) -> None:
    invite.invite(party, clock.now())
    fragments.say(_("There is a new invitation for %(name)s. The earlier one no longer works.", name=party.name))


def _send(party: Party) -> None:
    now = clock.now()
    if not party.email:
        fragments.say(_("There is no email address for %(name)s.", name=party.name), done=False)
        return
    open_one = invite.open_invitations(party.case_id, now).get(party.id)
    if open_one is None or open_one.again:  # a new way in is never sent: an old mailbox may be another's by now
        open_one = invite.invite(party, now)
    values = {
        "url": address(open_one),
        "code": grouped(open_one.code),
        "code_url": code_url(),
        "valid_until": open_one.expires_at.date(),
    }
    try:
        mail.send("invitation", party.email, **values)
    except mail.NotSent:
        fragments.say(_("The email could not be sent. Show the code instead, or try again later."), done=False)
        return
    fragments.say(_("An email is on its way to %(name)s.", name=party.name))
