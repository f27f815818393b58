"""Whether the signed-in person may change how they sign in: only just after they have shown that it is them.

So nobody who picks up an open phone can make a way in of their own.
"""

from __future__ import annotations

from flask_login import current_user

from tracker import clock
from tracker.people import devices, second_step


def may_change() -> bool:
    """Now; else the page asks for a proof first. Who could give none, without address, passkey and codes, may."""
    person, device = current_user.person, current_user.device
    ways = second_step.ways(person.id)
    if device.staff and ways.any and device.proved_at is None:
        return False
    if devices.is_fresh(device, clock.now()):
        return True
    return not (ways.any or ways.codes or person.email)
