"""The catalogue: plan templates, one TOML file each in the folder `catalogue`. A file dropped there is offered.

The file's name is the template's key. Files are read once and checked then, so that a mistake in one of them is named
at the start and not in the middle of somebody's evening.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.plans.entry import Problem
from tracker.plans.nights import default_anchor
from tracker.plans.plan import Milestone, Nights, Schedule
from tracker.plans.template import Template
from tracker.plans.template_toml import template_from_toml

FOLDER = Path(__file__).with_suffix("")
CHANGEABLE = ("name", "description", "days", "terms", "nights", "quiet_hours", "milestones")


class CatalogueError(ValueError):
    """A file of the catalogue is no template; the message names the file, the place and what is wrong."""


@cache
def templates() -> Mapping[str, Template]:
    """Every template by its key, in the catalogue's order."""
    return MappingProxyType(load_folder(FOLDER))


def template(key: str) -> Template:
    """The template with this key. KeyError if the catalogue has none."""
    return templates()[key]


def load_folder(folder: Path) -> dict[str, Template]:
    """Every template in a folder, by its key, ordered by `order`, then key. Raises CatalogueError."""
    found = [_load(path) for path in sorted(folder.glob("*.toml"))]
    return {one.key: one for one in sorted(found, key=lambda one: (one.order, one.key))}


def starting_schedule(of: Template, starts_on: date, parties: tuple[str, str]) -> Schedule:
    """The schedule that the set-up starts with: the template's defaults, dated from the first day.

    `parties` are the keys of the two parties; the first is A of the pattern.
    """
    nights = None
    if of.nights is not None:
        nights = Nights(
            pattern=of.nights.pattern,
            anchor=default_anchor(starts_on),
            a=parties[0],
            b=parties[1],
            handoff_at=of.nights.handoff_at,
            place=of.nights.place,
            tolerance_minutes=of.nights.tolerance_minutes,
            first_day=of.nights.first_day,
            nights_string=of.nights.nights_string,
        )
    due = ((m.key, m.text, starts_on + timedelta(days=m.due_day - 1)) for m in of.milestones)
    return Schedule(nights, dict(of.quiet_hours), tuple(Milestone(*milestone) for milestone in due))


def changed(key: str, content: Mapping[str, Any]) -> tuple[Template | None, list[Problem]]:
    """A changed copy of the template with this key, or None and everything that is wrong with it.

    `content` has the shapes of a file's `name`, `description`, `days`, `terms`, `nights`, `quiet_hours` and
    `milestones` and stands in their place. Parts, roles and forms stay those of the catalogue: figures and trial files
    know a plan by its key and its answers. KeyError if the catalogue has no such key.
    """
    raw = {name: value for name, value in _raw(key).items() if name not in CHANGEABLE}
    return template_from_toml(key, raw | {name: content[name] for name in CHANGEABLE if name in content})


@cache
def _raw(key: str) -> Mapping[str, Any]:
    if key not in templates():
        raise KeyError(key)
    return _read(FOLDER / f"{key}.toml")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def _load(path: Path) -> Template:
    raw = _read(path)
    template, problems = template_from_toml(path.stem, raw)
    if template is None:
        raise CatalogueError("\n".join(f"{path.name}: {problem}" for problem in problems))
    return template
