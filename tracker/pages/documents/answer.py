"""What every document shares: its paper, head and foot; and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import db
from tracker.documents import typeset
from tracker.pages.limits import limiter
from tracker.pages.texts import day_year
from tracker.people.model import Programme
from tracker.trials.here import Here

MOST = "60 per hour"  # documents for one person: typesetting one takes longer than any page
LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)  # by CLDR's territory data; A4 elsewhere


def document(title: str, header: str, as_of: date | None, paper: str) -> dict[str, Any]:
    """The data that every template asks for. `as_of`: the day up to which it speaks, in its foot; None: no foot."""
    locale = get_locale()
    sentence = (
        _(
            "Prepared for mediation on %(day)s. May be confidential. Ask your mediator before sharing.",
            day=day_year(as_of),
        )
        if as_of
        else ""
    )
    return {
        "lang": locale.language if locale else "en",
        "dir": locale.text_direction if locale else "ltr",
        "paper": paper,
        "title": title,
        "header": header,
        "footer": sentence,
        "page": _("Page %(n)s of %(total)s", n="{n}", total="{total}"),
        "unset-lead": _("These characters could not be printed and stand as numbers:"),
    }


def paper(here: Here) -> str:
    """The paper that `?paper=` names, else the usual one of the programme's country."""
    asked = request.args.get("paper", "")
    if asked in ("a4", "letter"):
        return {"letter": "us-letter"}.get(asked, asked)
    programme = db.session.get(Programme, here.case.programme_id)
    return "us-letter" if programme and programme.country in LETTER else "a4"


def send(template: str, data: Mapping[str, Any], name: str) -> Response:
    """The finished PDF as a file to keep: the page's policy would stop a viewer inside the browser."""
    with limiter.limit(MOST, key_func=lambda: f"documents {current_user.person.id}"):
        body = typeset.pdf(template, data, clock.now())
    disposition = f"attachment; filename=\"document.pdf\"; filename*=UTF-8''{quote(name + '.pdf', safe='')}"
    return Response(body, mimetype="application/pdf", headers={"Content-Disposition": disposition})
