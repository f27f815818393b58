"""What a party takes along on paper."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.observations import read
from tracker.pages.access import Audience, audience, here
from tracker.pages.documents.account import account_document
from tracker.pages.documents.answer import send
from tracker.pages.documents.preparation import preparation_document
from tracker.pages.documents.summary import summary_document
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import me
from tracker.pages.party.prepare import when_and_where
from tracker.pages.summary_view import over, summary_values
from tracker.returns import preparation, referral, session
from tracker.summaries import release


@party.get("/trials/<uuid:trial>/account.pdf")
@audience(Audience.PARTY)
def account_pdf(trial: UUID) -> Response:
    """All that this party noted, with every note, for its author alone."""
    found = here()
    rows = read.rows(trial, party_id=me().id)
    data = account_document(found, over(found), rows, read.counting(rows), found.facts.latest_day(clock.now()))
    return send("sheet", data, f"{found.trial.title} – {_('my account')}")


@party.get("/trials/<uuid:trial>/preparation.pdf")
@audience(Audience.PARTY)
def preparation_pdf(trial: UUID) -> Response:
    """What this party prepared, to take along to the session."""
    found, now = here(), clock.now()
    planned = session.of_trial(trial)
    lead = ""
    if planned is not None:
        words = when_and_where(planned, found, now, me().id)
        lead = ", ".join(filter(None, (_("The return session: %(when)s", when=words["when"]), words["place"])))
    own, asked = preparation.own(found), referral.of_party(found)
    data = preparation_document(found, over(found), lead, own, asked, found.facts.today(now))
    return send("sheet", data, f"{found.trial.title} – {_('my preparation')}")


@party.get("/trials/<uuid:trial>/summary.pdf")
@audience(Audience.PARTY)
def summary_pdf(trial: UUID) -> Response:
    """The released summary; until a release there is no such document."""
    found = release.current(trial)
    if found is None:
        abort(404)
    values = summary_values(here(), "party", until=found.at)
    if not values["elapsed"]:
        abort(404)
    return send("summary", summary_document(here(), values), f"{here().trial.title} – {_('summary')}")
