"""The audit trail, for the programme: what was done and when, by whom. Never a title, a party or a word of anybody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.keeping import trail as trails
from tracker.keeping.trail import Line
from tracker.pages.access import Audience, audience
from tracker.pages.programme.blueprint import programme
from tracker.pages.programme.frame import mine, show, zone
from tracker.pages.texts import clock_time, day_year
from tracker.plans.values import parse_date, parse_number
from tracker.plans.zones import to_utc

# Whoever does these does them as a party, whatever else they are: their name would say which case is theirs.
DONE_BY_PARTIES = {
    "account.taken", "account.deleted", "guest.allowed", "guest.disallowed", "party.joined", "party.let_in",
}  # fmt: skip  # read in rows, as it is laid out


@programme.get("/programme/trail")
@audience(Audience.ADMINISTRATOR)
def trail() -> tuple[str, int]:
    """One page of it, newest first; `since` and `until` are days of the programme's zone."""
    typed = {name: request.args.get(name, "").strip() for name in ("since", "until")}
    days = {name: parse_date(text) if text else None for name, text in typed.items()}
    errors = {name: _("Choose a day.") for name, text in typed.items() if text and days[name] is None}
    since, until = days["since"], days["until"]
    if since and until and until < since:
        errors["until"] = _("Choose the same day or a later one.")
    before = request.args.get("before", "")
    lines = [] if errors else _lines(since, until, parse_number(before, digits=15))
    more = lines[trails.PAGE - 1].entry.number if len(lines) > trails.PAGE else None
    return show(
        "trail.html",
        "trail",
        422 if errors else 200,
        days=_by_day(lines[: trails.PAGE]),
        typed=typed,
        filtered=any(typed.values()),
        errors=errors,
        more=more,
    )


def _lines(since: date | None, until: date | None, before: int | None) -> list[Line]:
    return trails.of_programme(
        mine().id,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        before=before,
    )


def _midnight(on: date) -> datetime:
    return to_utc(on, time(0), zone())


def _by_day(lines: list[Line]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[date, list[dict[str, Any]]] = {}
    for line in lines:
        groups.setdefault(clock.local_date(zone(), line.entry.at), []).append(_shown(line))
    return [(day_year(on), rows) for on, rows in groups.items()]


def _shown(line: Line) -> dict[str, Any]:
    """An entry in words. A party is never named, for an administrator does not learn who they are."""
    entry = line.entry
    return {
        "number": entry.number,
        "at": clock_time(entry.at, zone()),
        "who": _who(line),
        "what": _what(entry.action, line.detail),
        "case": str(entry.case_id)[:8] if entry.case_id else "",
    }


def _who(line: Line) -> str:
    kind = line.entry.actor
    if kind == "operator":
        return _("The server's operator")
    if kind == "schedule":
        return _("The daily run")
    named = line.works_here and line.entry.action not in DONE_BY_PARTIES
    return (line.name or _("Somebody")) if named else _("A party or a guest")


def _what(action: str, detail: dict[str, Any]) -> str:
    n = int(detail.get("entries", 0))
    words = {
        "account.read": _("read both accounts (%(page)s)", page=_pages().get(str(detail.get("page")), _("a page"))),
        "caseload.read": _("looked at the caseload"),
        "account.taken": _("took their own account along"),
        "account.deleted": ngettext(
            "had their own account deleted (%(num)s entry)", "had their own account deleted (%(num)s entries)", n
        ),
        "export": _("took out a file (%(what)s)", what=_files().get(str(detail.get("what")), _("something else"))),
        "import": _("brought in a trial file"),
        "release": _("released the summary"),
        "release.withdrawn": _("withdrew the summary"),
        "membership.added": _("gave somebody the task: %(role)s", role=_roles().get(str(detail.get("role")), "")),
        "membership.ended": _("ended somebody's task: %(role)s", role=_roles().get(str(detail.get("role")), "")),
        "guest.added": _("invited a guest"),
        "guest.ended": _("ended a guest's reading"),
        "guest.allowed": _("allowed a guest to read"),
        "guest.disallowed": _("took back what a guest was allowed"),
        "party.joined": _("joined a case"),
        "party.invited_again": _("made a new way in for a party of the case"),
        "party.let_in": _("came back into a case by a new way in"),
        "case.closed": _("closed the case"),
        "case.reopened": _("opened the case again"),
        "case.handed_over": _("handed the case to another mediator"),
        "retention.changed": ngettext(
            "set keeping to %(num)s day", "set keeping to %(num)s days", detail.get("days", 0)
        ),
        "retention.noticed": _("wrote to the people of a case about its deletion"),
        "hold.placed": _("placed a hold on the case"),
        "hold.lifted": _("lifted the hold on the case"),
        "keys.added": _("added a key for what is encrypted"),
        "keys.rotated": _("began to renew what is encrypted")
        if detail.get("stage") == "begun"
        else _("renewed what is encrypted"),
        "keys.forgotten": _("removed a key that held nothing"),
        "backup": _("made a backup"),
        "restore": _("restored a backup"),
        "purge": ngettext(
            "deleted what was in the case (%(num)s entry)", "deleted what was in the case (%(num)s entries)", n
        ),
    }
    return words.get(action, action)


def _roles() -> dict[str, str]:
    return {"mediator": _("Mediator"), "administrator": _("Administrator")}


def _pages() -> dict[str, str]:
    """The pages that are read most, in words; others are "a page"."""
    return {"trial": _("the trial"), "summary": _("the summary"), "preview": _("the summary before its release")}


def _files() -> dict[str, str]:
    """What can be taken out, by the page or the command that hands it out."""
    return {
        "summary_pdf": _("the summary"),
        "summary": _("the summary"),
        "agenda_pdf": _("the agenda"),
        "attendance_pdf": _("a letter of attendance"),
        "memorandum_pdf": _("the memorandum"),
        "preparation_pdf": _("their own preparation"),
        "account_pdf": _("their own account"),
        "session_file": _("the return session, for a calendar"),
        "trial file": _("the whole trial"),
    }
