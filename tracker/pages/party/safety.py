"""I don't feel safe with this trial: to the mediator alone. And whom to call: nobody here watches all the time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID, uuid4

from flask import current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.cases import emergency
from tracker.errors import Refused
from tracker.pages import mail
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import say, stay
from tracker.pages.languages import speaking
from tracker.pages.party import leaving
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, show
from tracker.trials import hand_over
from tracker.trials.safety import Readers, feels_unsafe, readers


@party.get("/trials/<uuid:trial>/safety")
@audience(Audience.PARTY)
def safety(trial: UUID) -> tuple[str, int]:
    """Numbers first, then the message to the mediator."""
    return _show("", {}, 200)


@party.post("/trials/<uuid:trial>/safety")
@audience(Audience.PARTY)
def tell_mediator(trial: UUID) -> Response | tuple[str, int]:
    """Tell the mediator. It needs no words: the message alone says enough. Prompts to this party stop."""
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    if len(text) > lengths.MESSAGE or "\0" in text:
        return _show(text, {"text": _("Use at most %(n)s characters.", n=lengths.MESSAGE)}, 422)
    told = readers(here().case)
    with suppress(Refused):  # it is there already, with the mail about it: only the answer to it was lost
        feels_unsafe(here(), text, clock.now(), request.form.get("id", type=UUID))
        _tell(told)
    if told.mediators:
        say(_("Your mediator has your message, and nobody else. You will get no more reminders."))
    else:
        say(
            _(
                "Your mediator no longer works for the programme, and nobody can read your message now. The programme "
                "was told that somebody is needed. Please call it, or a number below. You will get no more reminders."
            ),
            done=False,
        )
    return stay(f"{base()}/safety", lambda: _show("", {}, 200))


def _tell(told: Readers) -> None:
    """Write that something needs attention, naming nobody and not what."""
    where = "caseload" if told.mediators else "programme"
    url = f"{current_app.extensions['config'].base_url}/{where}"
    for person in told.mediators or told.administrators:
        if person.email:
            with speaking(person.language):
                mail.send_later(mail.compose("attention", person.email, url=url))


def _show(text: str, errors: Mapping[str, str], status: int) -> tuple[str, int]:
    numbers = emergency.numbers_of_programme(here().case.programme_id)
    ways = leaving.ways_out()
    mediator = hand_over.mediator_of(here().case)
    return show(
        "safety.html",
        "more",
        status,
        mediator=mediator,
        numbers=numbers,
        id=uuid4(),
        text=text,
        errors=errors,
        ways=ways,
    )
