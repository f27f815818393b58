"""A case's later trial beside the one before it: the same figures, each with its own denominator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort
from flask_babel import gettext as _

from tracker import clock
from tracker.observations import for_mediator
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import Face, faces
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.summary_view import last_day, over
from tracker.summaries.compare import compare_terms
from tracker.summaries.compile import compile_summary
from tracker.trials import find
from tracker.trials.here import Here

Summary = Mapping[str, Any]


@mediator.get("/caseload/<uuid:trial>/comparison")
@audience(Audience.MEDIATOR)
def comparison(trial: UUID) -> tuple[str, int]:
    """What changed from the case's trial before this one; 404 for a first trial."""
    before = find.before(here())
    if before is None:
        abort(404)
    pair = (before, here())
    summaries = (_summary(before), _summary(here()))
    people = faces(here().parties)
    return show(
        "comparison.html",
        "caseload",
        title=here().trial.title,
        trial_url=f"/caseload/{trial}",
        faces=people,
        trials=[over(one) for one in pair],
        terms=_terms(pair, summaries, people),
        more=[row for row in _more(summaries, people) if row],
    )


def _summary(found: Here) -> Summary:
    keys = {party.id: party.key for party in here().parties}
    entries = for_mediator.told(found.trial.id, keys)
    return compile_summary(found.outline, entries, last_day(found, clock.now()))


def _terms(pair: tuple[Here, Here], summaries: tuple[Summary, Summary], people: list[Face]) -> list[dict[str, Any]]:
    rows = compare_terms(pair[0].agreed.terms, pair[1].agreed.terms, summaries)
    return [
        {
            "text": row["term"].text,
            "was": row["was"],
            "cells": [
                [_of(*said[face["key"]]) if said else "" for said in row["parties"]] for face in people
            ],
        }
        for row in rows
    ]  # fmt: skip  # read in rows, as it is laid out


def _more(summaries: tuple[Summary, Summary], people: list[Face]) -> list[dict[str, Any] | None]:
    """Entries, handoffs on time and disturbed nights, as far as one of the trials has them."""
    keys = [face["key"] for face in people]

    def row(text: str, part: str, count: Any) -> dict[str, Any] | None:
        if not any(part in one for one in summaries):
            return None
        return {
            "text": text,
            "cells": [[count(one[part], key) if part in one else "" for one in summaries] for key in keys],
        }

    return [
        row(_("Days with an entry"), "coverage", lambda said, key: _of(said[key]["logged"], said[key]["elapsed"])),
        row(_("Handoffs on time"), "handoffs", lambda said, key: _of(said["parties"][key]["on_time"], said["planned"])),
        row(_("Handoffs missed"), "handoffs", lambda said, key: _of(said["parties"][key]["missed"], said["planned"])),
        row(_("Quiet nights"), "noise", lambda said, key: _of(said[key]["quiet_nights"], said[key]["windows"])),
        row(_("Disturbed nights"), "noise", lambda said, key: _of(said[key]["disturbed_nights"], said[key]["windows"])),
    ]


def _of(count: int, total: int) -> str:
    return _("%(n)s of %(total)s", n=count, total=total)
