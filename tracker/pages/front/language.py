"""The language of one's pages and messages: what the browser asked for at first, until somebody chooses another."""

from __future__ import annotations

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker.pages import languages
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say, show
from tracker.pages.front.blueprint import front
from tracker.people import persons


@front.get("/language")
@audience(Audience.SIGNED_IN)
def language_page() -> tuple[str, int]:
    """Every language that there is, each by its own name."""
    return _show(str(get_locale()), {}, 200)


@front.post("/language")
@audience(Audience.SIGNED_IN)
def choose_language() -> Response | tuple[str, int]:
    """Keep it. The answer speaks it already."""
    chosen = request.form.get("language", "")
    if chosen not in languages.known():
        return _show("", {"language": _("Please choose one.")}, 422)
    persons.speak(current_user.person.id, chosen)
    languages.read_in(chosen)
    say(_("Saved. Your pages and messages are in this language now."))
    return go("/language")


def _show(chosen: str, errors: dict[str, str], status: int) -> tuple[str, int]:
    options = [{"value": one, "label": name, "lang": one.replace("_", "-")} for one, name in languages.named()]
    return show("front/language.html", status=status, options=options, chosen=chosen, errors=errors)
