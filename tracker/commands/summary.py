"""`tracker summary`: what both accounts of a trial say together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

import click

from tracker import clock
from tracker.audit.record import record
from tracker.commands.common import refuse, with_database
from tracker.commands.files import find_trial, read_file, write
from tracker.interchange.observation import parse_id
from tracker.interchange.report import plain
from tracker.interchange.summary import Summarised, of_file, of_trial, report
from tracker.plans.entry import Problem
from tracker.plans.values import parse_date, shown


@click.command(short_help="Print what both accounts say together.")
@click.argument("sources", metavar="TRIAL|FILE...", nargs=-1, required=True)
@click.option("--as-of", metavar="DATE", help="Count the days up to and including this one; all of them if not said.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a line (meanwhile.summary/1).")
def summary(sources: tuple[str, ...], as_of: str | None, as_json: bool) -> None:
    """Print the summary of each TRIAL (the id of a stored one) or FILE (a trial file, which is not stored).

    Nothing is printed if one of them cannot be summed up.
    """
    last = None if as_of is None else parse_date(as_of)
    if as_of is not None and last is None:
        refuse([Problem("--as-of", f"{shown(as_of)} is not a date YYYY-MM-DD")])
    stored = any(parse_id(source) for source in sources)  # files alone need no database
    for number, one in enumerate(_with_stored(sources, last) if stored else _all(sources, last)):
        if as_json:
            write(json.dumps(one.summary, ensure_ascii=False) + "\n")
        else:
            write(("\n\n" if number else "") + report(one))


@with_database
def _with_stored(sources: Iterable[str], as_of: date | None) -> list[Summarised]:
    sources = list(sources)
    found = _all(sources, as_of)
    for here in (find_trial(source)[0] for source in sources if parse_id(source)):
        assert here is not None
        record("export", clock.now(), here.whose, what="summary")
    return found


def _all(sources: Iterable[str], as_of: date | None) -> list[Summarised]:
    """Every summary, or the end of the command with every problem; of several sources each problem names its own."""
    sources = list(sources)
    found: list[Summarised] = []
    problems: list[str] = []
    for source in sources:
        one, wrong = _one(source, as_of)
        found += [one] if one else []
        problems += [_named(plain(source), problem) if len(sources) > 1 else str(problem) for problem in wrong]
    if problems:
        refuse(problems)
    return found


def _named(source: str, problem: Problem) -> str:
    """The problem with its source before it, unless the source itself is the problem."""
    return str(problem) if problem.place == source else f"{source}: {problem}"


def _one(source: str, as_of: date | None) -> tuple[Summarised | None, list[Problem]]:
    if parse_id(source):
        here, problems = find_trial(source)
        return (of_trial(here, as_of) if here else None), problems
    trial, problems = read_file(source, clock.now())
    return (of_file(trial, as_of) if trial else None), problems
