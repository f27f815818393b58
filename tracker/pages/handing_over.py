"""After a case was handed to another mediator: who learns of it, and whose calendar has its return sessions."""

from __future__ import annotations

from flask import current_app

from tracker.cases.model import Handover
from tracker.db import db
from tracker.pages import mail, session_mail
from tracker.pages.languages import speaking
from tracker.people.model import Person
from tracker.returns import session


def tell(done: Handover) -> None:
    """Write to the new mediator that something needs attention, naming nothing, and move the sessions. After commit.

    The parties get no message, which somebody else might read: their pages say it.
    """
    before = db.session.get(Person, done.from_id) if done.from_id else None
    after = db.session.get_one(Person, done.to_id)
    if after.email:
        url = f"{current_app.extensions['config'].base_url}/caseload"
        with speaking(after.language):
            mail.send_later(mail.compose("attention", after.email, url=url))
    for found, trial in session.to_come(done.case_id, done.at):
        session_mail.move(found, trial, before, after)
