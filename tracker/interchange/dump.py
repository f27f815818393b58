"""A stored trial as the trial file's values."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tracker.interchange.document import FileParty, TrialFile, plan_part, trial_file
from tracker.observations import read
from tracker.plans.plan_json import schedule_to_json
from tracker.trials.here import Here


def dump(here: Here, *, party_id: UUID | None = None) -> TrialFile:
    """The whole trial with every note, whoever may read it in the app: for an operator who moves it elsewhere.

    With a `party_id` only what that party noted; of the others nothing is even read, so that no clock tells how much
    there is.

    A noise or a moment that a later entry corrects is left out: the file has no word for corrections, and each noise
    and each moment in it counts, so that the figures stay the same. Accepted changes of single days are part of the
    schedule. A trial that was ended early keeps the days that were agreed.
    """
    parties = [FileParty(party.key, party.name, party.timezone) for party in here.parties]
    keys = {party.id: party.key for party in here.parties}
    plan = plan_part(
        title=here.trial.title,
        sharing=here.trial.sharing,
        template=here.plan.template,
        days=(here.trial.starts_on, here.trial.days),
        timezone=here.trial.timezone,
        parties=parties,
        terms=here.plan.terms,
        schedule=_schedule(here),
    )
    rows = read.current(read.rows(here.trial.id, party_id=party_id))
    return trial_file(plan, [read.entry(row, keys[row.party_id]) for row in rows])


def _schedule(here: Here) -> dict[str, Any]:
    """The schedule as it was stored; with the changes that the parties accepted since, if there are any."""
    if here.outline == here.agreed:
        return here.plan.schedule
    changed = schedule_to_json(here.outline.schedule)["nights"]["changes"]
    return here.plan.schedule | {"nights": here.plan.schedule["nights"] | {"changes": changed}}
