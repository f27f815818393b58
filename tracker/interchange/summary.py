"""The summary file ``meanwhile.summary/1`` of a stored trial or of a trial file, with the words to show it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.interchange.document import FileParty, TrialFile
from tracker.interchange.report import Names, lines
from tracker.observations import for_mediator
from tracker.plans.plan import Outline
from tracker.summaries.compile import compile_summary
from tracker.trials.here import Here


@dataclass(frozen=True, slots=True)
class Summarised:
    """A summary, and what its keys stand for."""

    title: str
    parties: tuple[FileParty, ...]
    outline: Outline
    summary: dict[str, Any]


def of_file(trial: TrialFile, as_of: date | None = None) -> Summarised:
    """The summary of a checked trial file, up to and including `as_of` (default: the last day). Needs no database."""
    return Summarised(trial.title, trial.parties, trial.outline, compile_summary(trial.outline, trial.entries, as_of))


def of_trial(here: Here, as_of: date | None = None) -> Summarised:
    """The summary of a stored trial, up to and including `as_of` (default, and at most: the last day that counts)."""
    parties = tuple(FileParty(party.key, party.name, party.timezone) for party in here.parties)
    last = here.facts.last_day
    until = last if as_of is None else min(as_of, last)
    entries = for_mediator.told(here.trial.id, {party.id: party.key for party in here.parties})
    return Summarised(here.trial.title, parties, here.outline, compile_summary(here.outline, entries, until))


def report(one: Summarised) -> str:
    """The summary as plain text for people, every figure beside its denominator. Ends with a line end."""
    outline = one.outline
    names = Names(
        parties={party.key: party.name for party in one.parties},
        terms={term.key: term.text for term in outline.terms},
        milestones={milestone.key: milestone.text for milestone in outline.schedule.milestones},
    )
    return "".join(f"{line}".rstrip() + "\n" for line in lines(one.title, one.summary, names))
