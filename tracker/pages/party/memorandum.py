"""The memorandum: each party reads the newest version, and accepts it or sends it back."""

from __future__ import annotations

from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages.access import Audience, audience, here
from tracker.pages.documents.answer import send
from tracker.pages.fragments import go, say
from tracker.pages.memorandum_view import memorandum_paper, memorandum_values
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.plans.values import parse_number
from tracker.returns import memorandum


@party.get("/trials/<uuid:trial>/memorandum")
@audience(Audience.PARTY)
def memorandum_page(trial: UUID) -> tuple[str, int]:
    """The newest version, and the two answers to it."""
    return _page({}, {}, 200)


@party.post("/trials/<uuid:trial>/memorandum/answers")
@audience(Audience.PARTY)
def answer_memorandum(trial: UUID) -> Response | tuple[str, int]:
    """Accept the version that was read, or send it back with what should be different."""
    said, text = request.form.get("answer", ""), request.form.get("text", "").strip()
    if said not in memorandum.ANSWERS:
        return _page({"answer": _("Please choose one.")}, {"text": text}, 422)
    if said == "returned" and not text:
        return _page({"text": _("Say what should be different.")}, {}, 422)
    try:
        number = parse_number(request.form.get("version")) or 0
        memorandum.answer(here(), number, said, text if said == "returned" else "", clock.now())
    except Refused as refused:
        if refused.code == "invalid":
            return _page({"text": _("Use at most %(n)s characters.", n=memorandum.LONGEST)}, {"text": text}, 422)
        if refused.code == "replaced":
            return _page({"text": _("There is a newer version. Please read it first.")}, {"text": text}, 422)
        say(_("Your answer stays as you gave it."), done=False)
        return go(f"{base()}/memorandum")
    say(_("Accepted.") if said == "accepted" else _("Sent back. Only your mediator reads what you wrote."))
    return go(f"{base()}/memorandum")


@party.get("/trials/<uuid:trial>/memorandum.pdf")
@audience(Audience.PARTY)
def memorandum_pdf(trial: UUID) -> Response:
    """The newest version on paper."""
    found = memorandum.current(trial)
    if found is None:
        abort(404)
    return send("memorandum", memorandum_paper(here(), found), f"{here().trial.title} – {_('memorandum')}")


def _page(errors: dict[str, str], typed: dict[str, str], status: int) -> tuple[str, int]:
    found = memorandum.current(here().trial.id)
    if found is None:
        abort(404)
    given = found.answers.get(me().id)
    values = memorandum_values(here(), found)
    return show(
        "memorandum.html", "prepare", status, errors=errors, typed=typed, given=given.answer if given else "", **values
    )
