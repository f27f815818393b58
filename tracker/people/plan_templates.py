"""Plan templates of a programme's own: a plan of the catalogue, copied and changed. A trial freezes what it takes.

What is changed or removed here changes no trial and no draft: each holds its own copy. A copy that a newer catalogue
has left behind stays in the list, is offered to nobody and can only be removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from tracker import lengths
from tracker.db import db, transaction
from tracker.errors import Refused
from tracker.people.lock import lock_programme
from tracker.people.model import PlanTemplate
from tracker.plans.catalogue import changed, templates
from tracker.plans.entry import Problem
from tracker.plans.template import Template

MOST = 40  # of one programme
MOST_TERMS = 12  # that one offers; a plan takes five of them


def of_programme(programme_id: UUID) -> list[PlanTemplate]:
    """A programme's own templates, by name. One query."""
    mine = select(PlanTemplate).where(PlanTemplate.programme_id == programme_id)
    return sorted(db.session.scalars(mine), key=lambda one: (str(one.content["name"]).lower(), one.id))


def find(programme_id: UUID, template_id: UUID) -> PlanTemplate | None:
    """One of the programme's own; another programme's is not found."""
    mine = (PlanTemplate.programme_id == programme_id, PlanTemplate.id == template_id)
    return db.session.scalar(select(PlanTemplate).where(*mine))


def offered(programme_id: UUID) -> dict[str, Template]:
    """What a new trial can begin with besides the catalogue, by id; no copy that it left behind."""
    found = ((str(one.id), as_template(one)) for one in of_programme(programme_id))
    return {key: template for key, template in found if template is not None}


def as_template(own: PlanTemplate) -> Template | None:
    """Its values, in the shapes of the catalogue's. None if the catalogue lost its plan or takes it no longer."""
    return changed(own.based_on, own.content)[0] if own.based_on in templates() else None


def problems(programme_id: UUID, based_on: str, content: Mapping[str, Any], but: UUID | None = None) -> list[Problem]:
    """Everything that is wrong with a copy of `based_on`, in the places of a catalogue's file; `but`: its own id."""
    found = changed(based_on, content)[1]
    name = str(content.get("name", ""))
    taken = {str(one.content["name"]).lower() for one in of_programme(programme_id) if one.id != but}
    if len(name) > lengths.NAME:
        found.append(Problem("name", "is too long"))
    elif name.lower() in taken | {one.name.lower() for one in templates().values()}:
        found.append(Problem("name", "is taken"))
    if len(content.get("terms", ())) > MOST_TERMS:
        found.append(Problem("terms", "are too many"))
    return found


def add(programme_id: UUID, based_on: str, content: Mapping[str, Any], by: UUID, now: datetime) -> PlanTemplate:
    """A new one; the same sent again is the one that is there. Raises `Refused`: `invalid` with its problems, `many`
    for more than `MOST`."""
    with transaction() as session:
        lock_programme(programme_id)
        there = of_programme(programme_id)
        same = next((one for one in there if (one.based_on, one.content) == (based_on, dict(content))), None)
        if same is not None:
            return same
        if len(there) >= MOST:
            raise Refused("many")
        _refuse(problems(programme_id, based_on, content))
        kept = {"based_on": based_on, "content": dict(content), "changed_by": by, "changed_at": now}
        own = PlanTemplate(programme_id=programme_id, **kept)
        session.add(own)
    return own


def change(own: PlanTemplate, content: Mapping[str, Any], by: UUID, now: datetime) -> None:
    """Say it otherwise from now on. Raises `Refused`: `invalid` with its problems, `gone` if it was removed."""
    with transaction() as session:
        lock_programme(own.programme_id)
        fresh = session.get(PlanTemplate, own.id, populate_existing=True)
        if fresh is None:
            raise Refused("gone")
        _refuse(problems(own.programme_id, own.based_on, content, own.id))
        fresh.content, fresh.changed_by, fresh.changed_at = dict(content), by, now


def remove(programme_id: UUID, template_id: UUID) -> bool:
    """Offer it no longer. False if it was gone already. Trials and drafts that came from it stay as they are."""
    mine = (PlanTemplate.programme_id == programme_id, PlanTemplate.id == template_id)
    with transaction() as session:
        return session.scalar(delete(PlanTemplate).where(*mine).returning(PlanTemplate.id)) is not None


def _refuse(found: list[Problem]) -> None:
    if found:
        raise Refused("invalid", *found)
