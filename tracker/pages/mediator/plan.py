"""The plan of a trial: what was agreed, or waits to be, in the words that the parties read."""

from __future__ import annotations

from tracker import clock
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import with_faces
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.plan_words import describe, plan_name


@mediator.get("/caseload/<uuid:trial>/plan")
@audience(Audience.MEDIATOR)
def plan(trial: object) -> tuple[str, int]:
    """The version in force, or the one that is proposed."""
    now, found = clock.now(), here()
    return show(
        "plan.html",
        "caseload",
        title=found.trial.title,
        url=f"/caseload/{found.trial.id}",
        name=plan_name(found),
        version=found.plan.number,
        words=describe(found.outline, found.parties, found.facts.today(now)),
        open_to_change=found.state(now).waiting and found.case.closed_at is None,
        sharing=found.trial.sharing,
        people=[
            {
                "face": face,
                "zone": party.timezone,
                "email": party.email,
                "check_in_at": party.check_in_at if party.check_ins else None,
            }
            for party, face in with_faces(found.parties)
        ],
    )
