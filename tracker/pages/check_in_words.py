"""What a check-in says. By default every one of them says the same, so that it gives nothing away to who else sees it.

A party can choose plainer words. These too name nobody, no topic and no programme.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, render_template
from flask_babel import gettext as _

from tracker.cases.model import Party
from tracker.checkins import link, mute
from tracker.checkins.claim import Held
from tracker.checkins.facts import Reminded
from tracker.checkins.model import ABOUT_A_DAY, CheckIn
from tracker.config import Config
from tracker.delivery.notice import Notice
from tracker.pages.languages import speaking


@dataclass(frozen=True, slots=True)
class Words:
    """The subject or title, one or two sentences, and what the button says."""

    subject: str
    text: str
    button: str


def compose(one: Held, whom: Reminded, language: str | None = None) -> Notice:
    """The notice for a check-in, in the wording that its reader chose. Its id is the same in every repeat."""
    with speaking(language):
        return _compose(one, whom)


def _compose(one: Held, whom: Reminded) -> Notice:
    to_mediator = one.kind == "half_way"
    said = words(one.kind, "discreet" if to_mediator else whom.here.me.check_in_wording)
    url, stop = _url(one), "" if to_mediator else _mute_url(whom.here.me)
    subject, text, html = (
        render_template(f"emails/check-in-{part}", words=said, url=url, stop=stop)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Notice(
        id=str(one.id),
        subject=subject.strip(),
        text=text.strip() + "\n",
        html=html,
        url=url,
        tag="reminder",
        until=one.until,
        headers=_unsubscribe(stop) if stop else {},
        short=said.text,
    )


def _mute_url(party: Party) -> str:
    config: Config = current_app.extensions["config"]
    return f"{config.base_url}/mutes/{mute.token(party, config.secret_key)}"


def _unsubscribe(url: str) -> dict[str, str]:
    """One tap in a mail program ends them (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def words(kind: str, wording: str) -> Words:
    """The words of a kind of check-in."""
    if wording != "plain":
        return discreet()
    return _plain()[kind]()


def discreet() -> Words:
    """What everybody gets who chose nothing else."""
    return Words(_("You have a reminder."), _("You have a reminder."), _("Open it"))


def _plain() -> dict[str, Callable[[], Words]]:
    day, open_ = _("Note today"), _("Open it")
    later = _("One tap is enough. If today was not the day for it, that is fine.")
    offer = _("You can note something whenever you like. If every evening is too much, choose every third day.")
    return {
        "evening": lambda: Words(_("How was today?"), _("How was today? One tap is enough."), day),
        "follow_up": lambda: Words(_("Today is still open"), later, day),
        "handoff": lambda: Words(_("How was the handoff?"), _("You can note how the handoff went."), _("Note it")),
        "gentle": lambda: Words(_("No hurry"), offer, _("Choose")),
        "now": lambda: Words(_("This is your reminder"), _("This is how a reminder reaches you."), open_),
        "starts_tomorrow": lambda: Words(_("It starts tomorrow"), _("What you agreed to try starts tomorrow."), open_),
        "starts_today": lambda: Words(_("It starts today"), _("What you agreed to try starts today."), open_),
        "ends_today": lambda: Words(_("Today is the last day"), _("It ends by itself today."), day),
        "return_in_a_week": lambda: Words(_("Your meeting is in a week"), _("There is time to prepare."), _("Prepare")),
        "return_tomorrow": lambda: Words(_("Your meeting is tomorrow"), _("You can look at it all again."), open_),
    }


def _url(one: Held) -> str:
    """A check-in about a day opens that day's form without sign-in; any other leads to a page behind the sign-in.

    The address itself says nothing either.
    """
    config: Config = current_app.extensions["config"]
    base = config.base_url
    if one.kind in ABOUT_A_DAY:
        return f"{base}/check-ins/{link.token(one.id, config.secret_key)}"
    return f"{base}/reminders/{one.id}"


def leads_to(one: CheckIn) -> str:
    """The page that a check-in without a day is about."""
    if one.kind == "half_way":
        return f"/caseload/{one.trial_id}"
    page = {"gentle": "reminders", "return_in_a_week": "prepare"}.get(one.kind, "today")
    return f"/trials/{one.trial_id}/{page}"
