"""Whether a phone's kit is still the one that would be made now."""

from __future__ import annotations

import hashlib
from datetime import datetime

from flask_babel import get_locale

from tracker.pages.assets import asset
from tracker.pages.device.key import who
from tracker.plans.plan import Outline
from tracker.trials.here import Here


def stamp(found: Here, outline: Outline, now: datetime) -> str:
    """What today's kit is made from, in a few letters: a phone fetches it anew when they change. Empty for no kit."""
    if not who():
        return ""
    made_of = (found.facts.today(now), found.facts, outline, str(get_locale()), asset("app.js"), asset("app.css"))
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]
