"""The memorandum at the mediator's desk: drafted from the terms ready to be kept, edited, put to both parties."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import fragments, since_opened
from tracker.pages.access import Audience, audience, here
from tracker.pages.documents.answer import send
from tracker.pages.documents.memorandum import is_and_is_not
from tracker.pages.faces import with_faces
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.memorandum_view import memorandum_paper, memorandum_values
from tracker.pages.summary_view import summary_values
from tracker.returns import memorandum
from tracker.returns.memorandum import Current


@mediator.get("/caseload/<uuid:trial>/memorandum")
@audience(Audience.MEDIATOR)
def memorandum_page(trial: UUID) -> tuple[str, int]:
    """The newest version with both answers; before the first, a draft of what both kept."""
    return _page({}, None, 200)


@mediator.post("/caseload/<uuid:trial>/memorandum")
@audience(Audience.MEDIATOR)
def write_memorandum(trial: UUID) -> Response | tuple[str, int]:
    """Put a version to both parties. Answers to an earlier one do not count for it."""
    text = request.form.get("text", "")
    kept = _kept(memorandum.current(trial))
    wanted, clash = since_opened.merge(request.form, {"text": memorandum.in_lines(text)}, kept)
    if clash:
        return _page({"text": since_opened.newer(kept["text"])}, text, 422)
    if wanted == kept:
        text = wanted["text"]
    try:
        made = memorandum.write(here(), text, current_user.person.id, clock.now())
    except Refused as refused:
        if refused.code == "same":
            return _page({"text": _("Nothing was changed. Both have this version already.")}, text, 422)
        return _page({"text": _("Write 1 to %(n)s characters.", n=memorandum.LONGEST)}, text, 422)
    fragments.say(_("Version %(n)s is put to both parties.", n=made.number))
    return fragments.stay(f"/caseload/{trial}/memorandum", lambda: _page({}, None, 200))


@mediator.get("/caseload/<uuid:trial>/memorandum.pdf")
@audience(Audience.MEDIATOR)
def memorandum_pdf(trial: UUID) -> Response:
    """The newest version on paper."""
    found = memorandum.current(trial)
    if found is None:
        abort(404)
    return send("memorandum", memorandum_paper(here(), found), f"{here().trial.title} – {_('memorandum')}")


def _page(errors: dict[str, str], text: str | None, status: int) -> tuple[str, int]:
    found, trial = memorandum.current(here().trial.id), here().trial
    values = memorandum_values(here(), found) if found else {"version": 0, "is_lines": is_and_is_not()}
    suggested = found is None and text is None
    if text is None:
        text = found.version.text if found else _draft()
    own: dict[str, Any] = {"title": trial.title, "trial_url": f"/caseload/{trial.id}", "limit": memorandum.LONGEST}
    own["was"] = since_opened.marks(_kept(found))
    own["suggested"] = suggested and bool(text)
    returned = _returned(found) if found else []
    return show(
        "memorandum.html", "caseload", status=status, errors=errors, text=text, returned=returned, **own, **values
    )


def _kept(found: Current | None) -> dict[str, str]:
    return {"text": found.version.text if found else ""}


def _draft() -> str:
    """The terms that are ready to be kept, in the parties' words, one a line."""
    agenda = summary_values(here(), "mediator", term="", week=0).get("agenda", {})
    return "\n".join(one["text"] for one in agenda.get("keep", ()))


def _returned(found: Current) -> list[dict[str, Any]]:
    """What each party wrote who sent this version back."""
    return [
        {"face": face, "text": found.answers[one.id].text}
        for one, face in with_faces(here().parties)
        if one.id in found.answers and found.answers[one.id].answer == "returned"
    ]
