"""One topic of the preparation, saved as it is typed; and what a party is asked for on the way back."""

from __future__ import annotations

from uuid import UUID

from flask import Response as FlaskResponse
from flask import abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import guests
from tracker.errors import Refused
from tracker.pages import newer_words
from tracker.pages.access import Audience, audience, here
from tracker.pages.fragments import go, say
from tracker.pages.party.blueprint import party
from tracker.pages.party.frame import base, me, show
from tracker.pages.preparation_words import HINTS, LABELS, LEADS, TITLES
from tracker.pages.session_mail import uninvite
from tracker.pages.texts import clock_time, day
from tracker.returns import invitation, option, preparation, referral, session, two_pages
from tracker.returns.preparation import Saved
from tracker.summaries import release

Answer = Response | tuple[str, int]


@party.get("/trials/<uuid:trial>/prepare/<topic>")
@audience(Audience.PARTY)
def topic(trial: UUID, topic: str) -> tuple[str, int]:
    """What stands there, to go on with."""
    _known(topic)
    values = preparation.as_left(here(), topic)
    return _form(topic, values, str(two_pages.opened(values)), {}, 200)


@party.post("/trials/<uuid:trial>/prepare/<topic>")
@audience(Audience.PARTY)
def save_topic(trial: UUID, topic: str) -> Answer:
    """Keep it: while it is typed, with a word of when; by either button, and back to all topics."""
    _known(topic)
    texts = [_typed(f"text-{n}") for n in range(preparation.TOPICS[topic])]
    values = (*texts, request.form.get("audience", "mediator"))
    typing, now, page = "typing" in request.form, clock.now(), request.form.get("page", "")
    if "back" in request.form and values == preparation.as_left(here(), topic):
        return go(f"{base()}/prepare")
    based = two_pages.read(page, len(values))
    try:
        saved = preparation.save(here(), topic, texts, values[-1], now, based)
    except Refused as refused:
        errors = _errors(refused)
        return (next(iter(errors.values())), 200) if typing else _form(topic, values, page, errors, 422)
    if saved.clash:
        return (newer_words.sentence(), 200) if typing else _both(topic, values, saved, page)
    if typing:
        return _("Saved at %(time)s.", time=clock_time(now.astimezone(here().zone))), 200
    say(_("Saved."))
    return go(f"{base()}/prepare")


@party.post("/trials/<uuid:trial>/options/<uuid:option_id>")
@audience(Audience.PARTY)
def answer_option(trial: UUID, option_id: UUID) -> Response:
    """Whether the mediator may carry this party's option over."""
    yes = request.form.get("answer") == "yes"
    try:
        option.answer(here(), option_id, yes, clock.now())
    except Refused as refused:
        if refused.code == "unknown":
            abort(404)
        say(_("Your mediator has already told the other party."), done=False)
    else:
        say(_("Your mediator may tell the other party.") if yes else _("It stays between you and your mediator."))
    return go(f"{base()}/prepare")


@party.post("/trials/<uuid:trial>/referrals/<uuid:referral_id>")
@audience(Audience.PARTY)
def mark_referral(trial: UUID, referral_id: UUID) -> Response:
    """Done, or not yet."""
    try:
        referral.mark_done(here(), referral_id, request.form.get("done") == "yes", clock.now())
    except Refused:
        abort(404)
    return go(f"{base()}/prepare")


@party.post("/trials/<uuid:trial>/guests/<uuid:guest_id>")
@audience(Audience.PARTY)
def allow_guest(trial: UUID, guest_id: UUID) -> Response:
    """Whether this guest may come, and read what is released."""
    yes = request.form.get("answer") == "yes"
    try:
        guests.allow(here().case, guest_id, me().id, yes, clock.now())
    except Refused:
        abort(404)
    for planned in [] if yes else session.drop_guest(here().case.id, guest_id):
        uninvite(here(), planned, [guest_id])
    say(_("Saved. They need everybody's yes.") if yes else _("Saved. They see nothing."))
    return go(f"{base()}/prepare")


@party.get("/trials/<uuid:trial>/return-session.ics")
@audience(Audience.PARTY)
def session_file(trial: UUID) -> FlaskResponse:
    """The return session for this party's calendar, in discreet words and with their own time."""
    planned = session.of_trial(here().trial.id)
    if planned is None:
        abort(404)
    at, mine = session.arrival_of(planned, me().id), me()
    made = invitation.calendar_file(planned, mine.id, at, here().zone, _("Reminder"), clock.now())
    head = {"Content-Disposition": 'attachment; filename="reminder.ics"'}
    return FlaskResponse(made, mimetype="text/calendar", headers=head)


def _both(topic: str, typed: tuple[str, ...], saved: Saved, page: str) -> tuple[str, int]:
    """The form with what was typed, and at each place where another page had something newer what stands there.

    It is based on that now: saved once more, what is typed takes its place.
    """
    there = preparation.as_left(here(), topic)
    shown = tuple(typed[n] if n in saved.clash else value for n, value in enumerate(there))
    errors = newer_words.errors(there, saved.clash)
    return _form(topic, shown, str(two_pages.opened(there, page.partition(" ")[0])), errors, 422)


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _known(topic: str) -> None:
    if topic not in preparation.TOPICS:
        abort(404)


def _errors(refused: Refused) -> dict[str, str]:
    found = {}
    for problem in refused.problems:
        if problem.place.startswith("texts["):
            number = problem.place[6:-1]
            found[f"text-{number}"] = _("Use at most %(n)s characters.", n=preparation.LONGEST)
        else:
            found["audience-me"] = _("Choose who may read this.")
    return found


def _form(topic: str, values: tuple[str, ...], page: str, errors: dict[str, str], status: int) -> tuple[str, int]:
    """The form with a text for each place, and then who may read them; `page`: what it is based on."""
    *texts, chosen = values
    labels, hints = LABELS[topic], HINTS.get(topic, ("",) * len(texts))
    order, shown = list(preparation.TOPICS), release.current(here().trial.id)
    return show(
        "preparing.html",
        "prepare",
        status,
        title=str(TITLES[topic]),
        lead=str(LEADS[topic]),
        number=order.index(topic) + 1,
        total=len(order),
        url=f"{base()}/prepare/{topic}",
        fields=[(f"text-{n}", str(labels[n]), str(hints[n]), text) for n, text in enumerate(texts)],
        audience=chosen,
        page=page,
        limit=preparation.LONGEST,
        released=day(clock.local_date(here().zone, shown.at)) if shown else "",
        errors=errors,
    )
