"""What a mediator prints: the summary as it stands, the agenda, a letter that says that somebody took part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases.model import Party
from tracker.pages.access import Audience, audience, here
from tracker.pages.documents.agenda import agenda_document
from tracker.pages.documents.answer import send
from tracker.pages.documents.attendance import attendance_document
from tracker.pages.documents.sheet import Item, Section
from tracker.pages.documents.summary import summary_document
from tracker.pages.faces import faces, with_faces
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme, show
from tracker.pages.preparation_words import by_party
from tracker.pages.summary_view import summary_values
from tracker.pages.texts import day_time
from tracker.plans.values import parse_date
from tracker.returns import preparation, session


@mediator.get("/caseload/<uuid:trial>/documents")
@audience(Audience.MEDIATOR)
def documents(trial: UUID) -> tuple[str, int]:
    """Everything that can be printed."""
    return _list({}, 200)


@mediator.get("/caseload/<uuid:trial>/summary.pdf")
@audience(Audience.MEDIATOR)
def summary_pdf(trial: UUID) -> Response:
    """The summary as it stands now, or of the week, term or earlier day that was asked for."""
    values = summary_values(here(), "mediator", as_of=parse_date(request.args.get("as_of", "")))
    if not values["elapsed"]:
        abort(404)
    return send("summary", summary_document(here(), values, _lead()), f"{here().trial.title} – {_('summary')}")


@mediator.get("/caseload/<uuid:trial>/agenda.pdf")
@audience(Audience.MEDIATOR)
def agenda_pdf(trial: UUID) -> Response:
    """The agenda of the return session."""
    values = summary_values(here(), "mediator", term="", week=0)
    if not values["elapsed"]:
        abort(404)
    data = agenda_document(here(), values["over"], _lead(), values["agenda"], _prepared(), values["as_of"])
    return send("sheet", data, f"{here().trial.title} – {_('agenda')}")


@mediator.get("/caseload/<uuid:trial>/attendance.pdf")
@audience(Audience.MEDIATOR)
def attendance_pdf(trial: UUID) -> Response | tuple[str, int]:
    """The letter for one party and one day; the list again while it is unclear for whom or when."""
    found = next((one for one in here().parties if one.key == request.args.get("party", "")), None)
    day, today = parse_date(request.args.get("day", "")), here().facts.today(clock.now())
    began = clock.local_date(here().zone, here().case.created_at)
    errors = {}
    if found is None:
        errors["party"] = _("Choose whose letter it is.")
    if day is None or day > today:
        errors["day"] = _("Choose the day of a session that has taken place.")
    elif (began - day).days > 366:  # the first meeting can have been before the case was set up here
        errors["day"] = _("This is more than a year before the case. Look at the year again.")
    if found is None or day is None or errors:
        return _list(errors, 422)
    return send("letter", _letter(found, day), f"{found.name} – {_('attendance')}")


def _prepared() -> list[Section]:
    """For the table: what everybody may read. What is for the mediator alone stays on the mediator's own page."""
    found = here()
    shown = preparation.for_release(found, clock.now())[0]
    people = [(party.id, face) for party, face in with_faces(found.parties)]
    prepared = by_party(shown, people)
    return [
        Section(heading=f"{one['face']['name']}: {topic['title']}", items=_items(topic))
        for one in prepared
        for topic in one["topics"]
    ]


def _items(topic: Any) -> list[Item]:
    """What to bring has a box to tick."""
    return [Item(text=text, box=topic["topic"] == "documents") for text in topic["texts"]]


def _letter(party: Party, day: Any) -> dict[str, Any]:
    today = here().facts.today(clock.now())
    return attendance_document(here(), programme().name, current_user.person.name, party.name, day, today)


def _list(errors: dict[str, str], status: int) -> tuple[str, int]:
    found, today = session.of_trial(here().trial.id), here().facts.today(clock.now())
    held = clock.local_date(here().zone, found.starts_at) if found else None
    typed = {"party": request.args.get("party", ""), "day": request.args.get("day", "")}
    typed["day"] = typed["day"] or (held.isoformat() if held and held <= today else "")
    return show(
        "documents.html",
        "caseload",
        status=status,
        title=here().trial.title,
        trial_url=f"/caseload/{here().trial.id}",
        begun=here().facts.starts_on <= today,
        parties=[("", _("Choose")), *((face["key"], face["name"]) for face in faces(here().parties))],
        typed=typed,
        today=today,
        errors=errors,
    )


def _lead() -> str:
    planned = session.of_trial(here().trial.id)
    if planned is None:
        return ""
    when = day_time(planned.starts_at, here().zone)
    return (
        _("For the return session on %(when)s, %(place)s.", when=when, place=planned.place)
        if planned.place
        else _("For the return session on %(when)s.", when=when)
    )
