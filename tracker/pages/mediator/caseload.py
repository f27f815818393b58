"""The caseload: one row a trial, those that need the mediator first."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from tracker import clock
from tracker.keeping import retention
from tracker.pages.access import Audience, audience
from tracker.pages.faces import faces
from tracker.pages.mediator import words
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme, show
from tracker.pages.plan_words import plan_name
from tracker.pages.texts import day, day_time
from tracker.returns.caseload import Row, caseload
from tracker.trials import draft
from tracker.trials.model import TrialDraft
from tracker.trials.state import State

GROUPS = {
    State.PROPOSED: "waiting", State.LAPSED: "waiting", State.ACCEPTED: "starting", State.ENDED: "ended",
}  # fmt: skip  # read in rows, as it is laid out


@mediator.get("/caseload")
@audience(Audience.MEDIATOR)
def index() -> tuple[str, int]:
    """Every trial of the mediator's open cases, in groups."""
    now, person = clock.now(), current_user.person.id
    rows, left_out = caseload(person, programme().id, now, all_ended=request.args.get("ended") == "all")
    shown: dict[str, list[dict[str, Any]]] = {key: [] for key in ("first", "running", "waiting", "starting", "ended")}
    for row in rows:
        shown["first" if row.first else GROUPS.get(row.state, "running")].append(_shown(row, now))
    drafts = [_draft(one) for one in draft.all_of(person, programme().id)]
    return show("caseload.html", "caseload", groups=_groups(shown), drafts=drafts, left_out=left_out)


def _groups(shown: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    titles = {
        "first": _("Needs you first"),
        "running": _("Running"),
        "waiting": _("Waiting for acceptance"),
        "starting": _("Accepted, to start"),
        "ended": _("Ended"),
    }
    return [{"key": key, "title": titles[key], "rows": rows} for key, rows in shown.items() if rows]


def _shown(row: Row, now: datetime) -> dict[str, Any]:
    here, people = row.here, faces(row.parties)
    reasons = [words.need_text(need, here.zone) for need in row.needs]
    begun = row.state.begun
    return {
        "title": here.trial.title,
        "href": f"/caseload/{here.trial.id}",
        "plan": plan_name(here),
        "stands": words.where_it_stands(here, now),
        "paused": row.state is State.PAUSED,
        "strips": [
            {"party": face, "cells": [{"state": mark} for mark in marks]}
            for face, marks in zip(people, row.strips, strict=False)
        ],
        "picture": _picture(row) if begun else "",
        "last": [(face, words.last_entry(here, last, now)) for face, last in zip(people, row.last_days, strict=False)],
        "begun": begun,
        "over": row.state is State.ENDED,
        "running": row.state in (State.RUNNING, State.PAUSED),
        "needs": reasons[:3],
        "more": len(reasons) - 3,
        "session": day_time(row.session.at, here.zone) if row.session else "",
        "ends": day(here.facts.last_day),
    }


def _picture(row: Row) -> str:
    """What the strips show, for whoever does not see them."""
    elapsed = sum(mark != "ahead" for mark in row.strips[0])
    counts = [
        _("%(name)s %(n)s", name=party.name, n=sum(mark not in ("ahead", "none") for mark in marks))
        for party, marks in zip(row.parties, row.strips, strict=True)
    ]
    return ngettext(
        "Days with an entry, of %(num)s: %(counts)s", "Days with an entry, of %(num)s: %(counts)s", elapsed,
        counts=", ".join(counts),
    )  # fmt: skip  # read in rows, as it is laid out


def _draft(one: TrialDraft) -> dict[str, Any]:
    ends = draft.ends_at(one, programme())
    soon = ends is not None and ends - retention.NOTICE <= clock.now()
    return {
        "id": one.id,
        "title": words.draft_name(one),
        "again": one.trial_id is not None,
        "until": day(clock.local_date(ZoneInfo(current_user.person.timezone), ends)) if ends and soon else "",
    }
