"""A party's own account on paper: every entry with its note, whoever it was meant for, and what was corrected since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.observations.model import Observation
from tracker.pages.answer_words import lines, title
from tracker.pages.documents.answer import paper
from tracker.pages.documents.sheet import Item, Section, sheet
from tracker.pages.faces import faces
from tracker.pages.texts import clock_time, day_year
from tracker.trials.here import Here


def account_document(
    here: Here, over: str, rows: Iterable[Observation], counting: Iterable[Observation], as_of: date
) -> dict[str, Any]:
    """`rows`: all that the party noted, as recorded; `counting`: those of them that count. Only for their author."""
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    counts = {row.id for row in counting}
    sections = [
        Section(
            heading=_("%(day)s · day %(n)s", day=day_year(day), n=(day - here.facts.starts_on).days + 1),
            plain=True,
            items=[item for row in by_day[day] for item in _entry(here, row, counts=row.id in counts)],
        )
        for day in sorted(by_day)
    ]
    name = here.me.name
    lead = _(
        "All that %(name)s noted in this trial, as it was saved. Times are in the trial's zone, %(zone)s.",
        name=name,
        zone=here.trial.timezone,
    )
    if not sections:
        sections = [Section(heading=_("Entries"), items=[], nothing=_("No entries yet"))]
    return sheet(_("Account of %(name)s", name=name), over, lead, sections, as_of, paper(here))


def _entry(here: Here, row: Observation, *, counts: bool) -> Iterator[Item]:
    """The answers of one entry, a mark before each term's, then its note with its audience."""
    names = {face["key"]: face["name"] for face in faces(here.parties)}
    local = row.recorded_at.astimezone(here.zone)
    when = _("%(day)s, %(time)s", day=day_year(local.date()), time=clock_time(local))
    head = f"{title(row.kind)} · {when}"
    yield Item(text=head if counts else _("%(entry)s · later replaced by another entry", entry=head), strong=True)
    for line in lines(row.kind, row.answers, here.agreed, names, here.zone):
        yield Item(text=line["text"], mark=line["mark"] or "nothing")
    if row.note:
        audience = {"me": _("for me alone"), "mediator": _("for my mediator"), "summary": _("for the summary")}
        yield Item(text=f"“{row.note}”", sub=audience[row.audience], mark="nothing")
