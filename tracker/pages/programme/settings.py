"""What a programme settles for all its cases: emergency numbers, words on confidentiality, how reminders come."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import emergency
from tracker.cases.emergency import Number
from tracker.db import transaction
from tracker.errors import Refused
from tracker.pages import channel_words, since_opened
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say
from tracker.pages.programme import channels
from tracker.pages.programme.blueprint import programme
from tracker.pages.programme.frame import mine, show
from tracker.people import programmes

SHOWN = 60  # characters of a line that is wrong


@programme.get("/programme/settings")
@audience(Audience.ADMINISTRATOR)
def settings() -> tuple[str, int]:
    """As they are."""
    kept = _kept()
    return _show(kept | channels.ticked(mine().channels), kept, {}, 200)


@programme.post("/programme/settings")
@audience(Audience.ADMINISTRATOR)
def save_settings() -> Response | tuple[str, int]:
    """Keep them: for every party of the programme from the next page on."""
    kept = _kept()
    said = {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in kept}
    typed, clash = since_opened.merge(request.form, said, kept)
    errors = {name: since_opened.newer(_territories().get(text, text)) for name, text in clash.items()}
    chosen, wrong = channels.read(request.form, mine().channels)
    errors |= wrong
    numbers = tuple[Number, ...]()
    if typed["country"] not in _territories():
        errors["country"] = _("Please choose a country.")
    try:
        numbers = emergency.parse(typed["numbers"])
    except Refused as refused:
        errors["numbers"] = _("Write at most %(n)s lines such as “Emergency: 112”.", n=emergency.MOST)
        for problem in refused.problems:  # which of them it is
            errors["numbers"] += " " + _("This line is not one: “%(line)s”.", line=problem.place[:SHOWN])
    if len(typed["text"]) > programmes.LONGEST_TEXT:
        errors["text"] = _("Use at most %(n)s characters.", n=programmes.LONGEST_TEXT)
    if errors:
        return _show(typed | channels.typed(request.form, mine().channels), kept, errors, 422)
    with transaction():
        programmes.settle(mine().id, typed["country"], [(one.name, one.number) for one in numbers])
        programmes.choose_channels(mine().id, chosen)
        programmes.write_text(mine().id, typed["text"], current_user.person.id, clock.now())
    say(_("Saved. It counts for every party from now on."))
    return go("/programme/settings")


def _kept() -> dict[str, str]:
    """What is kept, as the form's fields have it."""
    here, text = mine(), programmes.current_text(mine().id)
    own = [Number(**one) for one in here.emergency or []]
    return {"country": here.country, "numbers": _lines(own), "text": text.text if text else ""}


def _show(typed: dict[str, Any], kept: dict[str, str], errors: dict[str, str], status: int) -> tuple[str, int]:
    usual = typed["country"] or mine().country
    return show(
        "settings.html",
        "settings",
        status,
        typed=typed,
        was=since_opened.marks(kept),
        errors=errors,
        countries=sorted(_territories().items(), key=lambda pair: pair[1]),
        channels=channel_words.to_allow(channels.there()),
        shown=channels.shown(mine().channels),
        none_sends=channels.none_sends(mine().channels),
        usual=_lines(emergency.numbers(usual)),
        usual_in=_territories().get(usual, usual),
        limit=programmes.LONGEST_TEXT,
    )


def _lines(numbers: Any) -> str:
    return "\n".join(f"{_(one.name)}: {one.number}" for one in numbers)


def _territories() -> dict[str, str]:
    """Countries by their ISO 3166 code, named in the language of the request."""
    locale: Locale = get_locale() or Locale("en")
    return {code: str(name) for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()}
