"""How much a field takes: `maxlength=longest.name` in a template is the number that the rule behind it says."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask

from tracker import lengths
from tracker.keeping import retention
from tracker.plans.answers import MOST_LATE
from tracker.plans.check_schedule import LONGEST_NIGHTS
from tracker.returns import memorandum, referral


def init(app: Flask) -> None:
    """Let every template read them."""
    app.jinja_env.globals["longest"] = LONGEST


def _digits(most: int) -> int:
    """One more than the highest number has: a number that is too high is to be said, not cut."""
    return len(str(most)) + 1


LONGEST = SimpleNamespace(
    code=lengths.CODE,
    days_kept=_digits(retention.LONGEST),
    email=lengths.EMAIL,
    label=lengths.LABEL,
    line=lengths.LINE,
    memorandum=memorandum.LONGEST,
    message=lengths.MESSAGE,
    minutes_late=_digits(MOST_LATE),
    name=lengths.NAME,
    nights=LONGEST_NIGHTS,
    nights_typed=2 * LONGEST_NIGHTS,  # with a space behind each letter
    note=lengths.NOTE_TYPED,
    phone=30,  # E.164 has 15 digits; people write more between them
    reference=lengths.CODE,
    referral=referral.LONGEST,
    title=lengths.TITLE,
)
