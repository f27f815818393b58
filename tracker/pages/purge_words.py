"""The message before something is deleted. It names nobody, no topic and no programme."""

from __future__ import annotations

import logging

from flask import current_app
from flask_babel import gettext as _

from tracker.keeping.retention import Told
from tracker.pages import mail
from tracker.pages.languages import speaking
from tracker.pages.texts import day_long

log = logging.getLogger(__name__)


def tell(one: Told) -> bool:
    """Send the message; whether it went out."""
    base = current_app.extensions["config"].base_url
    path = f"/caseload/{one.trial_id}" if one.mediator else f"/trials/{one.trial_id}/my-data"
    try:
        with speaking(one.language):
            where = (
                _("You can open it again until then:")
                if one.mediator
                else _("You can take your own part along until then:")
            )
            mail.send("purge", one.email, day=day_long(one.deleted_at.date()), where=where, url=f"{base}{path}")
    except mail.NotSent as error:
        log.error("a notice was not sent: %s", error)
        return False
    return True
