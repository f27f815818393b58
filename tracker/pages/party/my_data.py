"""My data: taking one's own account along, and having it deleted. It asks once, and says what will be gone."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Response as File
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.interchange.write import write_trial
from tracker.keeping import own_data
from tracker.keeping.holds import is_held
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, show


@party.get("/trials/<uuid:trial>/my-data")
@audience(Audience.PARTY)
def my_data(trial: UUID) -> tuple[str, int]:
    """What there is, how long it stays, and the ways out."""
    found = here()
    entries, some, prepared = own_data.count(found), own_data.anything(found), own_data.has_prepared(found)
    by_email = bool(current_user.person.email)
    return show("my-data.html", "more", entries=entries, some=some, prepared=prepared, by_email=by_email)


@party.get("/trials/<uuid:trial>/my-data/trial.json")
@audience(Audience.PARTY)
def take_along(trial: UUID) -> File:
    """The trial file with the own observations alone."""
    return _file(write_trial(own_data.take(here(), clock.now())), "meanwhile")


@party.get("/trials/<uuid:trial>/my-data/preparation.json")
@audience(Audience.PARTY)
def take_preparation(trial: UUID) -> File:
    """What this party prepared for the return session."""
    document = own_data.take_preparation(here(), clock.now())
    return _file(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "meanwhile-preparation")


def _file(text: str, name: str) -> File:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{here().facts.starts_on}.json"'}
    return File(text, mimetype="application/json", headers=headers)


@party.get("/trials/<uuid:trial>/my-data/deletions")
@audience(Audience.PARTY)
def delete_page(trial: UUID) -> Response | tuple[str, int]:
    """What will be gone, what the others then see, and the button."""
    entries = own_data.count(here())
    if not own_data.anything(here()):
        return go(f"{base()}/my-data")
    what = ngettext(
        "Your %(num)s entry in this trial is deleted", "Your %(num)s entries in this trial are deleted", entries
    )
    if not entries:
        what = _("What you prepared for the return session is deleted")
    return show("delete-data.html", "more", what=what, held=is_held(here().case.id))


@party.post("/trials/<uuid:trial>/my-data/deletions")
@audience(Audience.PARTY)
def delete_data(trial: UUID) -> Response:
    """Delete it, once the page that asks has been read."""
    if request.form.get("sure") != "yes":
        return go(f"{base()}/my-data/deletions")
    if not own_data.anything(here()):  # sent again, or from another tab
        say(_("They are deleted already."))
        return go(f"{base()}/my-data")
    try:
        entries = own_data.remove(here(), clock.now())
    except Refused:
        return go(f"{base()}/my-data/deletions")
    say(
        ngettext(
            "Deleted: %(num)s entry. It cannot be brought back.",
            "Deleted: %(num)s entries. They cannot be brought back.",
            entries,
        )
        if entries
        else _("Deleted: what you prepared. It cannot be brought back.")
    )
    return go(f"{base()}/my-data")


def row() -> dict[str, str]:
    """Its place in the list under More."""
    return {
        "text": _("My data"),
        "sub": _("take it along, have it deleted"),
        "href": f"{base()}/my-data",
        "icon": "download",
    }
