"""Pages for what went wrong: calm, and each with what to do next."""

from __future__ import annotations

import re

from flask import Flask, g, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.wrappers import Response

from tracker.pages.access import Audience, audience_of
from tracker.pages.csrf import surely_from_here
from tracker.pages.device.key import who
from tracker.pages.fragments import show
from tracker.pages.front.authenticator import app_is_set_up
from tracker.pages.front.joining import answer_once_more
from tracker.pages.front.proof import may_change
from tracker.pages.front.second_step import after_step
from tracker.pages.mediator.handing_over import after_handing_over
from tracker.people import second_step

PUBLIC = (Audience.ANYONE, Audience.LINK, Audience.DEMO)
Answer = tuple[str, int] | Response

# The fields in which people write words of their own; of several in one form each has a number: `text-2`. What they
# choose comes as a key, and what a form brings hidden is no word of theirs.
WORDS = {
    "about", "address", "bring", "description", "email", "mtext", "name", "nights_string", "note", "numbers", "phone",
    "place", "reason", "reference", "sign", "text", "times", "title", "who",
}  # fmt: skip  # read in rows, as it is laid out
# The answers to an invitation. Joining begins a sign-in, so what is sent again has the token of the time before it.
ANSWERS = {"front.accept_plan", "front.ask_for_change"}
STEPS = {"front.take_second_step", "front.step_with_passkey"}
PERSON = re.compile("([0-9a-f]{32})?")  # whose page it is, as a form says it hidden; see `device.key.who`


def init(app: Flask) -> None:
    """Show these pages instead of the library's."""
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, failed)


def failed(error: HTTPException) -> Answer:
    """The page for a status. An answer that an exception brings with it (a redirect, its own page) is left alone."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 404 and request.endpoint == "mediator.hand_case_over" and "programme" in g:  # who mediates here
        further = after_handing_over((request.view_args or {})["trial"])
        if further:
            return further
    title, text = _words(error.code)
    body, status = show("front/error.html", status=error.code, title=title, text=text, code=error.code)
    response = Response(body, status, content_type="text/html; charset=utf-8")
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = "600"
    if (allowed := getattr(error, "valid_methods", None)) is not None:
        response.headers["Allow"] = ", ".join(allowed)
    return response


def stale_form(_error: CSRFError) -> Answer:
    """A form whose token no longer fits. What was typed is shown, and can be sent again by whoever may do that.

    Only if the browser vouches that it was our own form: another site's would otherwise be one tap from being accepted.
    """
    ours = surely_from_here()
    if ours and (further := _done_before()):
        return further
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"] if ours else []
    may_use = current_user.is_authenticated or audience_of(request.endpoint) in PUBLIC
    page_of = request.form.get("who", who())
    theirs = page_of != who() and bool(PERSON.fullmatch(page_of))  # of a page that another person left open here
    return show(
        "front/error-form.html",
        status=400,
        action=request.path if ours else "",
        fields=fields,
        typed=[text for name, text in fields if _is_words(name, text)],
        can_resend=ours and may_use and not theirs,
        may_use=may_use,
    )


def _done_before() -> Answer | None:
    """What the form led to when it came first. It began a sign-in, and still has the token of the one before.

    An answer to an invitation may be another one, from a second page: it counts, for who joined gives it."""
    if request.endpoint in ANSWERS:
        token = str((request.view_args or {})["token"])
        return answer_once_more(token, accepts=request.endpoint == "front.accept_plan")
    if not current_user.is_authenticated:
        return None
    if request.endpoint == "front.confirm_authenticator" and may_change():
        return app_is_set_up() if second_step.ways(current_user.person.id).app else None
    return after_step() if request.endpoint in STEPS else None


def _is_words(name: str, text: str) -> bool:
    """Whether somebody wrote this. `who` is a field of its own in one form, and hidden in others."""
    hidden = name == "who" and PERSON.fullmatch(text)
    return name.rstrip("-0123456789") in WORDS and bool(text.strip()) and not hidden


def _words(code: int) -> tuple[str, str]:
    words = {
        400: (_("That could not be read"), _("Something was missing in what came here. Go back and try again.")),
        403: (_("This is not open to you"), _("Go to your start page and try it from there.")),
        404: (
            _("There is nothing here"),
            _("The address may be mistyped, or what was here is over, or it belongs to somebody else."),
        ),
        405: (_("This address is not a page"), _("Go to your start page and try it from there.")),
        409: (_("This has changed in the meantime"), _("Go back, load the page again and look at it once more.")),
        410: (_("This is over"), _("The link can no longer be used. Go to your start page.")),
        413: (_("That was too much at once"), _("Go back and send a shorter text.")),
        415: (_("That kind of content is not taken here"), _("Files cannot be sent. Go back and write it as text.")),
        422: (_("That could not be saved"), _("Go back and look at what you typed once more.")),
        429: (
            _("Please wait a little"),
            _("There were many tries from this network. Wait ten minutes. A code that you already have still works."),
        ),
    }
    if code >= 500:
        return _("Something went wrong here"), _("It is not your fault. Wait a minute, go back and try again.")
    return words.get(code, words[400])
