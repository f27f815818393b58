"""Each party of a case: when they joined, what they agreed to, and how they may be reached without harm."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import clock
from tracker.cases import consent, contact, invite
from tracker.cases.model import Consent, ContactWish, Invitation, Party
from tracker.pages.access import Audience, audience, here
from tracker.pages.contact_words import ways
from tracker.pages.faces import with_faces
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.mediator.invitations import way_in
from tracker.pages.texts import day_time
from tracker.people import memberships
from tracker.trials import hand_over


@mediator.get("/caseload/<uuid:trial>/parties")
@audience(Audience.MEDIATOR)
def parties(trial: object) -> tuple[str, int]:
    """All of them, and whose case it is."""
    return page()


def page(errors: dict[str, str] | None = None, status: int = 200) -> tuple[str, int]:
    """The parties; `errors`, if handing the case over came back."""
    found = here()
    joined, wishes = invite.joined_at(found.case.id), contact.of_case(found.case.id)
    open_ones = invite.open_invitations(found.case.id, clock.now())
    given = consent.of_case(found.case.id)
    shown = []
    for party, face in with_faces(found.parties):
        at = joined.get(party.id)
        when = day_time(at, found.zone) if at else ""
        shown.append(
            {
                "id": party.id,
                "face": face,
                "here": party.person_id is not None,
                "way_in": _way_in(open_ones.get(party.id)),
                "joined": when or (_("has joined") if party.person_id else _("has not joined yet")),
                "consents": [_consent(one) for one in given if one.party_id == party.id],
                "wish": _wish(wishes.get(party.id)),
                "device": _device(party),
            }
        )
    others = hand_over.candidates(memberships.people_of(found.case.programme_id), found.case.mediator_id)
    return show(
        "parties.html",
        "caseload",
        status=status,
        url=f"/caseload/{found.trial.id}",
        title=found.trial.title,
        parties=shown,
        others=[(str(one.id), one.name) for one in others],
        errors=errors or {},
    )


def _consent(one: Consent) -> str:
    zone = here().zone
    text = _("version %(version)s on %(when)s", version=one.version, when=day_time(one.at, zone))
    if one.withdrawn_at is None:
        return text
    return _("%(agreed)s, taken back %(when)s", agreed=text, when=day_time(one.withdrawn_at, zone))


def _way_in(invitation: Invitation | None) -> dict[str, Any] | None:
    if invitation is None or not invitation.again:
        return None
    return way_in(invitation) | {"until": day_time(invitation.expires_at, here().zone)}


def _wish(one: ContactWish | None) -> dict[str, Any] | None:
    if one is None:
        return None
    way = dict(ways())[one.way]
    left = _("A message may be left.") if one.voicemail else _("Leave no message on the voice mail.")
    return {"way": way, "address": one.address, "times": one.times, "voicemail": left if one.way == "call" else ""}


def _device(party: Party) -> str:
    if party.own_device is None:
        return _("not asked yet")
    return _("their own phone") if party.own_device else _("others can pick it up: write and call with care")
