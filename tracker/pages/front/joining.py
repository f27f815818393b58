"""Joining: the plan, and the answer to it. The first answer, yes or a wish, makes the invited party a person here."""

from __future__ import annotations

from contextlib import suppress

from flask import request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock, lengths
from tracker.cases import consent, invite, settings
from tracker.cases.model import Invitation, Party
from tracker.errors import Refused
from tracker.keeping.let_in import let_in
from tracker.pages import signed_in
from tracker.pages.access import Audience, audience
from tracker.pages.agree_words import refusal
from tracker.pages.consent_words import sentences
from tracker.pages.fragments import go, say, show
from tracker.pages.front import known
from tracker.pages.front.blueprint import front
from tracker.pages.front.entering import enter_again, made_by, tell_at
from tracker.pages.front.invitations import about, guesses, joined_with, on_to, opened, phone_of
from tracker.pages.plan_words import describe
from tracker.people import programmes
from tracker.people.model import Person
from tracker.plans.values import parse_number
from tracker.trials import agree, find
from tracker.trials.here import Here
from tracker.trials.state import State


@front.get("/invitations/<token>/plan")
@audience(Audience.LINK)
@guesses
def plan_page(token: str) -> Response | tuple[str, int]:
    """The plan in words, to accept or to ask for a change."""
    found, party, here = opened(token)
    phone = phone_of(found)
    if phone is None:
        return go(f"/invitations/{token}/phone")
    return _show_plan(found, party, here, phone)


@front.post("/invitations/<token>/acceptances")
@audience(Audience.LINK)
@guesses
def accept_plan(token: str) -> Response | tuple[str, int]:
    """Join, and accept the version of the plan that was shown."""
    return _answer(token, accepts=True)


@front.post("/invitations/<token>/change-requests")
@audience(Audience.LINK)
@guesses
def ask_for_change(token: str) -> Response | tuple[str, int]:
    """Join, and tell the mediator what should be different."""
    return _answer(token, accepts=False)


def _answer(token: str, *, accepts: bool) -> Response | tuple[str, int]:
    if not current_user.is_authenticated and enter_again(made_by(token), shared=False):
        session["new_here"] = True  # they have joined, and the answer that would have told their browser was lost
    if further := answer_once_more(token, accepts=accepts):
        return further
    found, party, here = opened(token)
    phone = phone_of(found)
    if phone is None:
        return go(f"/invitations/{token}/phone")
    wish, wrong = _wish()
    if wrong and not accepts:
        return _show_plan(found, party, here, phone, {"text": wrong}, wish, 422)
    if about(found, party, here)["hindrance"]:
        return go(f"/invitations/{token}")
    try:
        person = _come_back(token, phone) if found.again else _join(token, phone)
    except Refused:
        return go(f"/invitations/{token}")
    settings.on_device(party.id, own=phone == "own")
    _agree(party, here)
    if here.state(clock.now()) is State.PROPOSED or not found.again:
        _tell(person, here, wish, accepts=accepts)
    return go(f"/trials/{here.trial.id}/welcome/reminders")


def answer_once_more(token: str, *, accepts: bool) -> Response | None:
    """Of who joined with it already: the same, for what was said to it was lost, or another one from a second page."""
    here = joined_with(token)
    if here is None:
        return None
    wish, wrong = _wish()
    if wrong and not accepts:
        say(wrong, done=False)
    elif here.state(clock.now()) is State.PROPOSED or not accepts:
        _tell(current_user.person, here, wish, accepts=accepts)
    return on_to(here)


def _wish() -> tuple[str, str]:
    """What should be different, and why that cannot be sent."""
    wish = request.form.get("text", "").strip()
    wrong = _("Write what should be different, in at most %(n)s characters.", n=lengths.MESSAGE)
    return wish, "" if 0 < len(wish) <= lengths.MESSAGE else wrong


def _join(token: str, phone: str) -> Person:
    """The person who joins: whoever is signed in here, else somebody new, signed in from now on."""
    if current_user.is_authenticated:
        person: Person = current_user.person
        invite.join(token, person, clock.now())
        return person
    _party, person = invite.join_as_new(token, clock.now())
    _begin(person, phone, token)
    return person


def _come_back(token: str, phone: str) -> Person:
    """The same for a party whom their mediator lets in again. Who had an address here hears of it there."""
    known_here = current_user.is_authenticated
    person, told = let_in(token, current_user.person if known_here else None, clock.now())
    if not known_here:
        _begin(person, phone, token)
    if told is not None:
        tell_at(*told, kind="let-in")
    say(_("You are back."))
    return person


def _begin(person: Person, phone: str, token: str) -> None:
    signed_in.sign_in(person, shared=phone != "own", how="invitation", token=made_by(token))
    if phone == "own":
        known.remember(person)
    session["new_here"] = True


def _agree(party: Party, here: Here) -> None:
    """Joining agrees to the version that the plan's page showed. One that changed meanwhile waits on its own page."""
    text = programmes.current_text(here.case.programme_id)
    if request.form.get("text_id", "") == (str(text.id) if text else ""):
        with suppress(Refused):
            consent.give(party, request.form.get("consent", ""), text.id if text else None, clock.now())


def _tell(person: Person, here: Here, wish: str, *, accepts: bool) -> None:
    """Record the answer. A version that was replaced meanwhile is not accepted: the next page shows the new one."""
    mine = find.for_party(person.id, here.trial.id)
    assert mine is not None
    number = parse_number(request.form.get("version")) or 0
    try:
        if accepts:
            agree.accept(mine, number, clock.now())
        else:
            agree.ask_for_change(mine, number, wish, clock.now())
            say(_("Your mediator has your wish, and nobody else. You will see the plan again."))
    except Refused as refused:
        say(_refusal(refused.code), done=False)


def _refusal(code: str) -> str:
    return _("You have joined. %(why)s", why=refusal(code))


def _show_plan(
    found: Invitation,
    party: Party,
    here: Here,
    phone: str,
    errors: dict[str, str] | None = None,
    wish: str = "",
    status: int = 200,
) -> tuple[str, int]:
    now = clock.now()
    text = programmes.current_text(here.case.programme_id)
    return show(
        "front/invitation-plan.html",
        status=status,
        consent={"version": consent.CURRENT, "sentences": sentences(consent.CURRENT), "text": text},
        token=found.token,
        phone=phone,
        words=describe(here.outline, here.parties, here.facts.today(now)),
        version=here.plan.number,
        ends_on=here.facts.last_day,
        sharing=here.trial.sharing,
        open_for_answers=here.state(now) is State.PROPOSED,
        wish=wish,
        errors=errors or {},
        **about(found, party, here),
    )
