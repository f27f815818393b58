"""The way back at the mediator's desk: what the parties prepared, options that are held, and caucus notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases.model import Party
from tracker.errors import Refused
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import faces
from tracker.pages.mediator import words
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.preparation_words import audience_words, headings
from tracker.returns import carry, caucus, prepare
from tracker.returns.model import CaucusNote, HeldOption

Answer = Response | tuple[str, int]


@mediator.get("/caseload/<uuid:trial>/way-back")
@audience(Audience.MEDIATOR)
def way_back(trial: UUID) -> tuple[str, int]:
    """Both parties side by side."""
    return _page({}, {}, 200)


@mediator.post("/caseload/<uuid:trial>/caucus-notes")
@audience(Audience.MEDIATOR)
def add_caucus_note(trial: UUID) -> Answer:
    """Keep a note about what one party said alone."""
    about, text = _party(), request.form.get("text", "")
    try:
        if about is None:
            raise Refused("invalid")
        caucus.note(here(), about, current_user.person.id, text, clock.now())
    except Refused:
        return _wrong("note", about, text, caucus.LONGEST)
    return _back(_("Noted. Nobody but you reads it."))


@mediator.post("/caseload/<uuid:trial>/caucus-notes/<uuid:note>/removal")
@audience(Audience.MEDIATOR)
def remove_caucus_note(trial: UUID, note: UUID) -> Response:
    """Delete a note."""
    caucus.remove(here(), note)
    return _back(_("Deleted."))


@mediator.post("/caseload/<uuid:trial>/options")
@audience(Audience.MEDIATOR)
def ask_author(trial: UUID) -> Answer:
    """Ask a party whether an option of theirs may be carried over."""
    author, text = _party(), request.form.get("text", "")
    try:
        if author is None:
            raise Refused("invalid")
        carry.ask(here(), author, text, clock.now())
    except Refused:
        return _wrong("option", author, text, carry.LONGEST)
    return _back(_("Asked. %(name)s reads it under Prepare and answers there.", name=author.name))


@mediator.post("/caseload/<uuid:trial>/options/<uuid:option>/carryings")
@audience(Audience.MEDIATOR)
def carry_option(trial: UUID, option: UUID) -> Response:
    """Carry it to the other party; only while its author agrees."""
    try:
        carry.carry(here(), option, clock.now())
    except Refused:
        return _back(_("Its author does not agree at this moment. Nothing was carried over."))
    return _back(_("Carried over. The other party reads it under Prepare."))


def _party() -> Party | None:
    return next((one for one in here().parties if one.key == request.form.get("party", "")), None)


def _wrong(form: str, about: Party | None, text: str, most: int) -> tuple[str, int]:
    sentence = _("Write 1 to %(n)s characters.", n=most)
    field = f"{form}-{about.key}" if about else "text"
    return _page({field: sentence}, {field: text}, 422)


def _page(errors: dict[str, str], typed: dict[str, str], status: int) -> tuple[str, int]:
    trial = here().trial
    prepared, held, notes = prepare.for_mediator(trial.id), carry.for_mediator(trial.id), caucus.of_trial(trial.id)
    names, audiences = headings(), audience_words()
    audiences["mediator"] = _("For you; do not share it without asking")
    audiences["summary"] = _("For the summary")
    columns = [
        {
            "face": face,
            "prepared": [
                {"title": names[one.item], "text": one.text, "audience": audiences[one.audience]}
                for one in prepared
                if one.party_id == party.id
            ],
            "options": [_option(one) for one in held if one.party_id == party.id],
            "notes": [_note(one) for one in notes if one.party_id == party.id],
        }
        for face, party in zip(faces(here().parties), here().parties, strict=True)
    ]
    own: dict[str, Any] = {"title": trial.title, "trial_url": f"/caseload/{trial.id}", "columns": columns}
    return show("way-back.html", "caseload", status=status, errors=errors, typed=typed, **own)


def _option(one: HeldOption) -> dict[str, Any]:
    stands = _("Waits for an answer")
    if one.carried_at:
        stands = _("Carried over %(when)s", when=words.when(one.carried_at, here().zone))
    elif one.answer and one.answered_at:
        said = {"agreed": _("Agreed"), "declined": _("Keeps it private")}[one.answer]
        stands = f"{said}, {words.when(one.answered_at, here().zone)}"
    return {"id": one.id, "text": one.text, "stands": stands, "ready": one.answer == "agreed" and not one.carried_at}


def _note(one: CaucusNote) -> dict[str, Any]:
    return {"id": one.id, "text": one.text, "when": words.when(one.at, here().zone)}


def _back(sentence: str) -> Response:
    fragments.say(sentence)
    return fragments.go(f"/caseload/{here().trial.id}/way-back")
