"""Under which name a phone keeps what is half typed in a form, and whether the form shows something newer than that."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.observations.model import Observation

CAME_BACK = "now"


def draft(
    address: str, typed: Mapping[str, str], errors: Mapping[str, str], shown: Observation | None = None
) -> dict[str, str]:
    """For the macro `draft` in a form: the address that opens it, which is the name of its draft.

    `since`: when what it shows was recorded; what came back with mistakes is newer than any draft. `replaces`: the
    entry that waits on the phone and whose place this form takes; `-` once the form knows that there is none. A form
    that is sent before it knows leaves the draft alone, for nobody has seen it yet.
    """
    since = CAME_BACK if errors else shown.recorded_at.isoformat() if shown else ""
    return {"address": address, "since": since, "replaces": typed.get("replaces", "") if errors else ""}


def of_day(base: str, day: object) -> str:
    """The address of the form of a day. Today's form is the same one."""
    return f"{base}/days/{day}?change=yes"


def of_handoff(base: str, day: object) -> str:
    """The address of the form of a handoff alone."""
    return f"{base}/days/{day}?handoff=yes"
