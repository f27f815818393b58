"""The parenting patterns in words, as they are offered for choice."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker.plans.nights import PATTERNS


def patterns() -> list[tuple[str, str]]:
    """Each pattern's key, and what people call it."""
    words = {
        "alternating-weeks": _("Alternating weeks (7-7)"),
        "every-other-weekend": _("Every other weekend"),
        "custom": _("Your own pattern"),
    }
    return [(key, words.get(key, key)) for key in PATTERNS]
