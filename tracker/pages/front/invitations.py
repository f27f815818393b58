"""An invitation: its code, what this is and is not, the question about the phone. Nothing here joins anybody."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, current_app, request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import invite
from tracker.cases.model import Invitation, Party
from tracker.keeping.holds import is_held
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, show
from tracker.pages.front.blueprint import front
from tracker.pages.limits import limiter
from tracker.trials import find
from tracker.trials.here import Here

PHONES = ("own", "shared", "other")  # the answers to "Is this your own phone?"; "other": someone else can pick it up

ADDRESS = re.compile(r"/invitations/([\w-]+)")  # whatever page of the invitation it was copied from

SHORT = 24  # characters; a link's token is longer, and nobody guesses one


def _cannot_be_guessed() -> bool:
    return len((request.view_args or {}).get("token", "")) > SHORT


# Codes are short. Only wrong ones count, so a room full of people who type theirs never waits; links never do.
guesses = limiter.shared_limit(
    "20 per minute;200 per day",
    scope="invitations",
    deduct_when=lambda response: response.status_code >= 400,
    exempt_when=_cannot_be_guessed,
)


@front.get("/invitations")
@audience(Audience.ANYONE)
def enter_code_page() -> tuple[str, int]:
    """Ask for the code that the mediator read out."""
    return show("front/invitation-code.html", code="", errors={})


@front.post("/invitations")
@audience(Audience.ANYONE)
@guesses
def enter_invitation() -> Response | tuple[str, int]:
    """Open the invitation of a code; a link pasted here works too."""
    typed = request.form.get("code", "").strip()[:400]
    link = ADDRESS.search(typed)
    secret = link[1] if link else typed
    found = invite.find(secret, clock.now())
    if found is None:
        if further := after_joining(secret):
            return further
        wrong = {
            "code": _(
                "No invitation has this code now. Compare it. Have you joined already? Then sign in. If not, ask your "
                "mediator for a new one."
            )
        }
        return show("front/invitation-code.html", status=422, code=typed, errors=wrong)
    return go(f"/invitations/{found[0].token}")


@front.get("/invitations/<token>")
@audience(Audience.LINK)
@guesses
def invitation(token: str) -> tuple[str, int]:
    """What this is and what it is not."""
    found, party, here = opened(token)
    return show("front/invitation.html", token=token, **about(found, party, here))


@front.get("/invitations/<token>/phone")
@audience(Audience.LINK)
@guesses
def phone_page(token: str) -> tuple[str, int]:
    """Ask whose phone this is."""
    opened(token)
    return show("front/invitation-phone.html", token=token, errors={})


@front.post("/invitations/<token>/phone")
@audience(Audience.LINK)
@guesses
def answer_phone(token: str) -> Response | tuple[str, int]:
    """Keep the answer in this browser until the party joins."""
    found, _party, _here = opened(token)
    phone = request.form.get("phone", "")
    if phone not in PHONES:
        return show("front/invitation-phone.html", status=422, token=token, errors={"phone": _("Please choose one.")})
    session["joining"] = {"invitation": str(found.id), "phone": phone}
    return go(f"/invitations/{token}/plan")


def opened(token: str) -> tuple[Invitation, Party, Here]:
    """The invitation that a link opens, its party and the trial it is about; else a page that says what to do."""
    found = invite.find(token, clock.now())
    here = find.newest_of_case(found[1].case_id) if found else None
    if found is None and (further := after_joining(token)):
        abort(further)
    if found is None or here is None:
        abort(current_app.make_response(show("front/invitation-gone.html", status=404)))
    return *found, here


def joined_with(token: str) -> Here | None:
    """The trial of whoever is signed in here, if they joined with this invitation already."""
    case_id = invite.used_by(token, current_user.person.id) if current_user.is_authenticated else None
    return find.newest_of_case(case_id) if case_id else None


def after_joining(token: str) -> Response | None:
    """On to the trial, for who joined with this invitation already: the answer that would have led there was lost."""
    here = joined_with(token)
    return on_to(here) if here else None


def on_to(here: Here) -> Response:
    """To the trial that was joined: first to what a newcomer is asked."""
    return go(f"/trials/{here.trial.id}/{'welcome/reminders' if session.get('new_here') else 'today'}")


def phone_of(found: Invitation) -> str | None:
    """The answer that this browser gave for this invitation."""
    joining = session.get("joining") or {}
    return str(joining["phone"]) if joining.get("invitation") == str(found.id) else None


def about(found: Invitation, party: Party, here: Here) -> dict[str, Any]:
    """What the pages of an invitation show of it: for whom it is, and who is signed in here already."""
    person = current_user.person if current_user.is_authenticated else None
    return {
        "party_name": party.name,
        "title": here.trial.title,
        "days": here.facts.days,
        "signed_in_as": person.name if person else "",
        "again": found.again,
        "hindrance": _hindrance(found, here, party),
    }


def _hindrance(found: Invitation, here: Here, party: Party) -> str:
    """Why the invitation cannot be used now, or not by the person who is signed in on this browser, or nothing."""
    if found.again and is_held(here.case.id):
        return _("This invitation cannot be used at present. Talk to your mediator.")
    if not current_user.is_authenticated:
        return ""
    person = current_user.person.id
    tasks = invite.tasks(here.case.id, person)
    if tasks.mediator:
        return _("You are signed in here as the mediator. %(name)s opens this on their own phone.", name=party.name)
    if tasks.guest:
        return _("You are signed in here as a guest. %(name)s opens this on their own phone.", name=party.name)
    if any(other.person_id == person for other in here.parties):
        return _("You have joined already. This invitation is for %(name)s, on their own phone.", name=party.name)
    return ""
