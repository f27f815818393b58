"""What is said where a topic of the preparation was changed on another page meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import gettext as _


def sentence() -> str:
    """While it is typed."""
    return _("You changed this on another page or device. What you type here is not saved yet: press Save to see both.")


def errors(there: Sequence[str], clash: Collection[int]) -> dict[str, str]:
    """At each field what stands there now; the last value is who may read it."""
    last = len(there) - 1
    found = {}
    for n in sorted(clash):
        if n < last:
            found[f"text-{n}"] = _text(there[n])
        else:
            who = _who(there[n])
            found["audience"] = _(
                "Who may read this: another page or device says “%(who)s”. Choose, and save again.", who=who
            )
    return found


def _text(text: str) -> str:
    if not text:
        return _("On another page or device you left this empty. Save again to keep what stands here.")
    return _("On another page or device you wrote: “%(text)s” Save again to keep what stands here instead.", text=text)


def _who(audience: str) -> str:
    return {"me": _("Only me"), "mediator": _("My mediator"), "summary": _("The summary")}[audience]
