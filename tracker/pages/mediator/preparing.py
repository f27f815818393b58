"""What the mediator does on the way to the return session: guests, options, referrals, and notes after a caucus."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.cases import guests
from tracker.errors import Refused
from tracker.keeping.holds import is_held
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.faces import with_faces
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import show
from tracker.pages.mediator.return_session import back, page, too_late
from tracker.pages.session_mail import uninvite
from tracker.pages.texts import day_time
from tracker.plans.values import parse_date
from tracker.returns import caucus, option, referral, session

Answer = Response | tuple[str, int]


@mediator.post("/caseload/<uuid:trial>/guests")
@audience(Audience.MEDIATOR)
def propose_guest(trial: object) -> Answer:
    """Propose a guest to both parties."""
    typed = {"guest_name": request.form.get("name", "").strip(), "guest_email": request.form.get("email", "").strip()}
    try:
        guests.propose(here().case, typed["guest_name"], typed["guest_email"], clock.now())
    except Refused as refused:
        place = f"guest_{refused.problems[0].place}"
        said = {
            "guest_name": _("Type the guest's name."),
            "guest_email": _("Type an address of somebody who has no part in the case yet."),
        }
        return page({place: said[place]}, typed, 422)
    # Said once, as it was typed: whoever has another address by now did not give it to this mediator.
    return back(_("Proposed: %(email)s. They see nothing before each party has said yes.", email=typed["guest_email"]))


@mediator.post("/caseload/<uuid:trial>/guests/<uuid:guest>/endings")
@audience(Audience.MEDIATOR)
def end_guest(trial: object, guest: UUID) -> Answer:
    """A guest is one no longer."""
    guests.end(here().case, guest, clock.now())
    for planned in session.drop_guest(here().case.id, guest):
        uninvite(here(), planned, [guest])
    return back(_("They are no guest any more, and read nothing."))


@mediator.post("/caseload/<uuid:trial>/options")
@audience(Audience.MEDIATOR)
def hold_option(trial: object) -> Answer:
    """Hold an option that a party wrote for the mediator."""
    try:
        option.hold(here(), _chosen(), request.form.get("text", "").replace("\r\n", "\n"), clock.now())
    except Refused:
        return back(_("The party has changed it meanwhile. Look again."), done=False)
    return back(_("You hold it. Nobody else sees that."))


@mediator.post("/caseload/<uuid:trial>/options/<uuid:option_id>")
@audience(Audience.MEDIATOR)
def move_option(trial: object, option_id: UUID) -> Answer:
    """Ask its author, or carry it over with the author's yes."""
    try:
        if "carry" in request.form:
            option.carry(here(), option_id, clock.now())
            return back(_("The other party can read it now."))
        option.ask(here(), option_id, clock.now())
    except Refused as refused:
        if refused.code == "unknown":
            abort(404)
        sentence = _("Not without the author's yes.") if refused.code == "not_agreed" else _("You have asked already.")
        return back(sentence, done=False)
    return back(_("Asked. The answer will stand here."))


@mediator.post("/caseload/<uuid:trial>/referrals")
@audience(Audience.MEDIATOR)
def refer(trial: object) -> Answer:
    """Give a party somebody to see."""
    typed = {name: request.form.get(name, "").strip() for name in ("party", "who", "about", "bring", "due")}
    due, wrong = _due(typed["due"])
    errors = {"due": wrong} if wrong else {}
    try:
        if not errors:
            texts = (typed["who"], typed["about"], typed["bring"])
            referral.add(here(), _chosen(), *texts, due, clock.now(), _form())
    except Refused as refused:
        said = {
            "party": _("Choose whose referral it is."),
            "who": _("Type whom to see, at most %(n)s characters.", n=referral.LONGEST),
        }
        long = _("Use at most %(n)s characters.", n=referral.LONGEST)
        errors = {one.place: said.get(one.place, long) for one in refused.problems}
    if errors:
        return page(errors, typed, 422)
    return back(_("It stands on their Prepare page."))


def _due(typed: str) -> tuple[date | None, str]:
    """By when, if it is said; and what is wrong with it."""
    due = parse_date(typed)
    if due is None:
        return None, _("Choose a day, or leave it empty.") if typed else ""
    if due < here().facts.today(clock.now()):
        return due, _("Choose today or a later day.")
    return due, too_late(due)


@mediator.post("/caseload/<uuid:trial>/referrals/<uuid:referral_id>")
@audience(Audience.MEDIATOR)
def change_referral(trial: object, referral_id: UUID) -> Answer:
    """Done, not done, or taken back."""
    if "remove" in request.form:
        if is_held(here().case.id):
            return back(_held(), done=False)
        referral.take_back(here(), referral_id)
        return back(_("Taken back."))
    try:
        referral.mark_done(here(), referral_id, request.form.get("done") == "yes", clock.now())
    except Refused:
        abort(404)
    return back(_("Saved."))


@mediator.get("/caseload/<uuid:trial>/caucus-notes")
@audience(Audience.MEDIATOR)
def caucus_notes(trial: object) -> tuple[str, int]:
    """The mediator's own notes about each party."""
    return _notes({}, {}, 200)


@mediator.post("/caseload/<uuid:trial>/caucus-notes")
@audience(Audience.MEDIATOR)
def add_caucus_note(trial: object) -> Answer:
    """Keep one more."""
    typed = {"party": request.form.get("party", ""), "text": request.form.get("text", "").replace("\r\n", "\n").strip()}
    try:
        caucus.note(here(), _chosen(), typed["text"], current_user.person.id, clock.now(), _form())
    except Refused as refused:
        said = {
            "party": _("Choose whom you spoke with."),
            "text": _("Type the note, at most %(n)s characters.", n=caucus.LONGEST),
        }
        return _notes(typed, {one.place: said[one.place] for one in refused.problems}, 422)
    fragments.say(_("Kept. Only you can read it."))
    return _again()


@mediator.post("/caseload/<uuid:trial>/caucus-notes/<uuid:note>/removals")
@audience(Audience.MEDIATOR)
def remove_caucus_note(trial: object, note: UUID) -> Answer:
    """Forget one."""
    if is_held(here().case.id):
        fragments.say(_held(), done=False)
        return _again()
    caucus.remove(here(), note, current_user.person.id)
    fragments.say(_("Removed."))
    return _again()


def _held() -> str:
    return _("The programme has to keep what is in this case at present. Nothing in it can be removed.")


def _again() -> Answer:
    return fragments.stay(f"/caseload/{here().trial.id}/caucus-notes", lambda: _notes({}, {}, 200))


def _form() -> UUID | None:
    """The id of the form that was sent: what comes from one twice is one."""
    return request.form.get("id", type=UUID)


def _chosen() -> UUID:
    """The party whom the form names; an id that is nobody's where it names none, which the rule then refuses."""
    key = request.form.get("party")
    return next((party.id for party in here().parties if party.key == key), UUID(int=0))


def _notes(typed: dict[str, str], errors: dict[str, str], status: int) -> tuple[str, int]:
    found = here()
    known = {party.id: face for party, face in with_faces(found.parties)}
    kept = caucus.of_mediator(found.trial.id, current_user.person.id)
    return show(
        "caucus-notes.html",
        "caseload",
        status=status,
        title=found.trial.title,
        url=f"/caseload/{found.trial.id}",
        party_options=[(face["key"], face["name"]) for face in known.values()],
        notes=[(known[one.party_id], day_time(one.at, found.zone), one.text, one.id) for one in kept],
        limit=caucus.LONGEST,
        typed=typed,
        id=uuid4(),
        errors=errors,
    )
