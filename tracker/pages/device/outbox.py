"""What a phone could not send when it was written: many entries in one request, each answered for itself.

Sent by the service worker (`static/js/worker/`), in the order of writing. An entry that came before, perhaps because
its answer was lost on the way, is answered as saved. Nothing here needs a form's token, which may be days old by then:
the browser has to vouch that our own pages send it, and the signed-in person has to be the one who wrote it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import db
from tracker.errors import Refused
from tracker.observations import noise as running
from tracker.pages.access import Audience, audience
from tracker.pages.csrf import csrf, surely_from_here
from tracker.pages.device.blueprint import device
from tracker.pages.device.key import who
from tracker.pages.party import asked, keep, noise, problems
from tracker.pages.texts import day as in_words
from tracker.trials import find
from tracker.trials.here import Here

log = logging.getLogger(__name__)
MOST = 200  # entries in one request
Answer = tuple[int, str]


@device.post("/outbox")
@audience(Audience.SIGNED_IN)
def outbox() -> Response:
    """Keep each entry by itself. Answers `{"answers": [[status, sentence], ...]}` in their order.

    201 saved, 200 saved before, 404 not theirs, 409 and 422 with the sentence that says why; 500 is worth another try.
    """
    if not surely_from_here():
        abort(400)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("entries"), list) or len(sent["entries"]) > MOST:
        abort(400)
    if sent.get("who") != who():
        abort(409)  # somebody else is signed in by now: the phone keeps it for the one who wrote it
    found: dict[str, Here | None] = {}
    return jsonify(answers=[_answer(one, found) for one in sent["entries"]])


csrf.exempt(outbox)


def _answer(one: Any, found: dict[str, Here | None]) -> Answer:
    """What came of one entry. A fault of ours costs none of the others."""
    read = _readable(one)
    if read is None:
        return 422, _("This could not be read.")
    trial, path, form = read
    if trial not in found:
        found[trial] = _trial(trial)
    here = found[trial]
    if here is None:
        return 404, _("This trial is not open to you any more.")
    try:
        return _keep(here, path, form, clock.now())
    except HTTPException:  # a form without its day, which none of our pages sends
        return 422, _("This could not be read.")
    except Exception:  # whatever it is: the phone keeps this entry, and the next ones are not held up by it
        db.session.rollback()
        log.exception("an entry of an outbox could not be kept")
        return 500, ""


def _readable(one: Any) -> tuple[str, str, dict[str, str]] | None:
    """The trial, the address below it and the fields; None for what no page of ours would send."""
    if not isinstance(one, dict) or not isinstance(one.get("fields"), dict):
        return None
    texts = [one.get("trial"), one.get("path"), one.get("at"), *one["fields"], *one["fields"].values()]
    if not all(isinstance(text, str) and _is_text(text) for text in texts):
        return None
    return one["trial"], one["path"], {**one["fields"], "recorded_at": one["at"]}


def _is_text(value: str) -> bool:
    """Whether it can be stored: no NUL, no half of a pair of surrogates."""
    return "\0" not in value and value.encode("utf-8", "replace").decode() == value


def _trial(text: str) -> Here | None:
    try:
        return find.for_party(current_user.person.id, UUID(text))
    except ValueError:
        return None


def _keep(here: Here, path: str, form: Mapping[str, str], now: datetime) -> Answer:
    """Keep it at the address where its form would have gone."""
    try:
        if path == "observations":
            return _observation(here, form, now)
        if path == "noise" and "noise" in asked.forms(here):
            noise.begin(here, form, now)
            return 201, ""
        before, _slash, end = path.removeprefix("noise/").partition("/")
        if end == "end":
            wrong = noise.stop(here, UUID(before), form, now)
            return (422, wrong) if wrong else (201, "")
        if end == "withdrawal":
            running.discard(here, UUID(before))
            return 201, ""
    except Refused as refused:
        status = 409 if refused.code == "conflict" else 422
        return status, next(iter(problems.at_fields(refused, here.agreed).values()))
    except ValueError:
        pass
    return 404, _("This could not be read.")


def _observation(here: Here, form: Mapping[str, str], now: datetime) -> Answer:
    read = keep.read(here, form, now)
    if read.errors:
        return 422, next(iter(read.errors.values()))
    kept = keep.store(here, form, read, now)
    return (201 if any(one.new for one in kept) else 200), _("Saved for %(day)s.", day=in_words(read.day))
