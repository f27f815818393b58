"""What a mediator prints: the summary as it stands."""

from __future__ import annotations

from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker.pages.access import Audience, audience, here
from tracker.pages.documents.answer import send
from tracker.pages.documents.summary import summary_document
from tracker.pages.mediator import words
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.summary_view import summary_values
from tracker.plans.values import parse_date
from tracker.returns import session


@mediator.get("/caseload/<uuid:trial>/summary.pdf")
@audience(Audience.MEDIATOR)
def summary_pdf(trial: UUID) -> Response:
    """The summary as it stands now, or of the week, term or earlier day that was asked for."""
    values = summary_values(here(), "mediator", as_of=parse_date(request.args.get("as_of", "")))
    if not values["elapsed"]:
        abort(404)
    planned = session.of_trial(trial)
    lead = _("For the return session on %(when)s.", when=words.when(planned.starts_at, here().zone)) if planned else ""
    return send("summary", summary_document(here(), values, lead), f"{here().trial.title} – {_('summary')}")
