"""The end of the set-up: a draft becomes a proposed trial, the next one of its case, or another version of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.cases import create, edit, invite
from tracker.cases.create import NewParty
from tracker.cases.model import Case, Party
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.pages.mediator.setup.document import Content, build
from tracker.people.model import Programme
from tracker.plans.catalogue import templates
from tracker.plans.plan_json import canonical
from tracker.plans.values import parse_date
from tracker.trials import draft, find, propose
from tracker.trials.model import TrialDraft
from tracker.trials.propose import Proposal


def finish(of: TrialDraft, content: Content, person_id: UUID, programme: Programme, now: datetime) -> UUID:
    """Propose what the draft says, which has no problem, and throw the draft away; the id of the trial.

    Raises `Refused`: `gone` if the draft has been used already, `accepted` if every party has accepted meanwhile,
    `closed` if its case is.
    """
    plan = canonical(build(content).plan)
    proposal, people = _proposal(plan, content["template"].get("name", ""), of.id), _people(plan, content)
    with transaction():
        if not draft.discard(of.id):
            raise Refused("gone")
        if of.case_id is not None and of.trial_id is None:
            return _next(of.case_id, proposal, people, person_id, programme, now)
        if of.trial_id is None:
            case, parties = create.create(programme.id, person_id, plan["title"], people, now)
            trial = propose.propose(case, proposal, person_id, now)
            for party in parties:
                invite.invite(party, now)
            return trial.id
        here = find.for_mediator(person_id, programme.id, of.trial_id)
        if here is None:
            raise Refused("gone")
        if here.case.closed_at is not None:
            raise Refused("closed")
        edit.edit(here.case, plan["title"], people)
        propose.revise(here, proposal, person_id, now)
        return of.trial_id


def _next(
    case_id: UUID, proposal: Proposal, people: list[NewParty], person_id: UUID, programme: Programme, now: datetime
) -> UUID:
    """Another trial of a case that is there already, with the same parties; whoever has not joined is invited."""
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if (case.mediator_id, case.programme_id) != (person_id, programme.id):
        raise Refused("gone")
    if case.closed_at is not None:
        raise Refused("closed")
    edit.edit(case, case.title, people)
    trial = propose.propose(case, proposal, person_id, now)
    for party in db.session.scalars(select(Party).where(Party.case_id == case.id, Party.person_id.is_(None))):
        invite.invite(party, now)
    return trial.id


def _proposal(plan: Mapping[str, Any], name: str, of: UUID) -> Proposal:
    starts_on = parse_date(plan["starts_on"])
    assert starts_on is not None
    return Proposal(
        title=plan["title"],
        template=plan["plan"],
        starts_on=starts_on,
        days=plan["days"],
        timezone=plan["timezone"],
        sharing=plan["sharing"],
        terms=plan["terms"],
        schedule=plan["schedule"],
        name=name,
        id=of,
    )


def _people(plan: Mapping[str, Any], content: Content) -> list[NewParty]:
    typed, roles = content["people"], templates()[plan["plan"]].roles
    keys, said = [party["key"] for party in plan["parties"]], content["schedule"].get("role")
    first = said if said in keys else keys[0]
    return [
        NewParty(
            key=party["key"],
            name=party["name"],
            timezone=party["timezone"],
            email=typed[f"email-{n}"] or None,
            role=(roles[0] if party["key"] == first else roles[-1]).key if roles else "",
            check_in_at=time.fromisoformat(content["sharing"]["check_in_at"]),
        )
        for n, party in enumerate(plan["parties"])
    ]
