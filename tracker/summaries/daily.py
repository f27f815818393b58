"""One mark for one party's day, where there is no room for a mark for each term. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NONE = "none"


def day_mark(answers: Mapping[str, Any] | None) -> str:
    """The mark of a day's counting `day` observation over all of its terms; `none` without one.

    `not_kept` if one term was not as planned; else `partly` if one was partly; else `kept` if one was as planned; else
    `not_today`: nothing came up, or no term was answered. So a full mark never hides a term that was not as planned.
    """
    if answers is None:
        return NONE
    said = set(answers.get("terms", {}).values())
    return next((rating for rating in ("not_kept", "partly", "kept") if rating in said), "not_today")
