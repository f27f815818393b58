"""What the schedule expects on a day, in words, as the party who looks reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from tracker.cases.model import Party
from tracker.pages.texts import clock_time
from tracker.plans.expectations import Expectation, expectations
from tracker.plans.plan import Outline


class Line(TypedDict):
    """One expectation: the time in bold, if there is one, and the words behind it."""

    kind: str
    key: str
    time: str
    text: str


def lines(outline: Outline, day: date, parties: Iterable[Party], mine: Party, today: date) -> list[Line]:
    """What is expected on `day`. A handoff says with whom the night is; the night speaks only where there is none."""
    names = {party.key: party.name for party in parties} | {mine.key: _("you")}
    found = expectations(outline, day)
    moves = any(one.kind == "handoff" for one in found)
    shown = (one for one in found if not (moves and one.kind == "night"))
    return [_line(one, names, ZoneInfo(mine.timezone), tonight=day == today) for one in shown]


def has_handoff(outline: Outline, day: date) -> bool:
    """Whether the child changes homes on this day."""
    return any(one.kind == "handoff" for one in expectations(outline, day))


def _line(one: Expectation, names: dict[str, str], zone: ZoneInfo, *, tonight: bool) -> Line:
    name = names.get(one.to, one.to)
    if one.kind == "handoff":
        return Line(kind=one.kind, key=one.key, time=_clock(one), text=_handoff(one, name, zone))
    if one.kind == "night":
        text = _("Tonight is a night with %(name)s", name=name) if tonight else _("Night with %(name)s", name=name)
        return Line(kind=one.kind, key=one.key, time="", text=text)
    if one.kind == "quiet_hours":
        text = _("quiet hours tonight") if tonight else _("quiet hours")
        return Line(kind=one.kind, key=one.key, time=_span(one), text=text)
    return Line(kind=one.kind, key=one.key, time="", text=_("Due: %(what)s", what=one.text))


def _handoff(one: Expectation, name: str, zone: ZoneInfo) -> str:
    place = _("handoff at %(place)s, then the night with %(name)s", place=one.place, name=name)
    text = place if one.place else _("handoff, then the night with %(name)s", name=name)
    assert one.at is not None
    return text + _other_zone(one.at, _clock(one), zone)


def _other_zone(at: datetime, said: str, zone: ZoneInfo) -> str:
    """The time on this party's own clock, where it is another one."""
    own = clock_time(at, zone)
    return "" if own == said else _(" (%(time)s on your clock)", time=own)


def _clock(one: Expectation) -> str:
    return clock_time(one.starts) if one.starts else ""


def _span(one: Expectation) -> str:
    assert one.starts is not None
    assert one.ends is not None
    return _("%(start)s to %(end)s", start=clock_time(one.starts), end=clock_time(one.ends))
