"""The reminders' form, where another device, a link in a mail or a safety message changed them since it was opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tracker.checkins.channels import CHANNELS
from tracker.pages import since_opened
from tracker.pages.party.reminder_words import WEEK, days_of_week

TEXTS = ("check_in_at", "every", "wording", "phone")


def marks(kept: Mapping[str, str], ways: Iterable[str]) -> dict[str, str]:
    """What a form with these ways has to bring along; `kept`: the choice as its form would have it."""
    return since_opened.marks(_fields(kept, TEXTS, ways))


def settle(form: dict[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Lets what was changed meanwhile stand in `form`, where its sender left it as it was; a sentence at each field
    where they did not. A field that the form does not have stays out of it."""
    if not since_opened.brought(form):
        return {}
    texts = [name for name in TEXTS if name in form]
    ways = [name for name in CHANNELS if name in f"{form.get('offered', '')} {form.get('closed', '')}".split()]
    wanted, clash = since_opened.merge(form, _fields(form, texts, ways), _fields(kept, texts, ways))
    days = [row["day"] for row in wanted.pop("days")]
    form.update(wanted | {name: "yes" if name in days else "" for name in _days()})
    found = {name: since_opened.newer(now) for name, now in clash.items() if name != "days"}
    if "days" in clash:
        short = [name for day, name, _long in days_of_week() if {"day": day} in clash["days"]]
        found["day-1"] = since_opened.newer(", ".join(short))
    return found


def _fields(said: Mapping[str, str], texts: Iterable[str], ways: Iterable[str]) -> dict[str, Any]:
    """Days are one: two devices would else settle on days that neither of them chose."""
    names = [*texts, "wanted", *(f"channel-{name}" for name in ways)]
    days = [{"day": name} for name in _days() if said.get(name)]
    return {name: said.get(name, "") for name in names} | {"days": days}


def _days() -> list[str]:
    return [f"day-{number}" for number in WEEK]
