"""The summary as plain text: a page to read in a terminal or to print. Pure.

Two accounts stand side by side in the plan's order. Every figure stands beside its denominator; nothing is averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LABEL, CELL = 26, 20  # characters of a row's label and of each party's cell
RATINGS = {"kept": "as planned", "partly": "partly", "not_kept": "not as planned", "not_today": "didn't come up"}
OUTCOMES = {"on_time": "on time", "late": "late", "changed": "changed by agreement", "missed": "missed"}
NIGHTS = {"quiet_nights": "quiet nights", "disturbed_nights": "disturbed nights", "no_entry": "no entry"}
MATCHES = {
    "as_planned": "both as planned", "same_other": "both the same, not as planned", "same": "the same",
    "near": "near", "differ": "accounts differ", "one_sided": "one account only", "not_today": "didn't come up",
    "no_rating": "not rated", "no_entry": "no entry",
}  # fmt: skip  # read in rows, as it is laid out


@dataclass(frozen=True, slots=True)
class Names:
    """What the keys of a summary stand for."""

    parties: Mapping[str, str]
    terms: Mapping[str, str]
    milestones: Mapping[str, str]


def lines(title: str, summary: Mapping[str, Any], names: Names) -> Iterator[str]:
    """The report, a line at a time."""
    yield from _head(title, summary)
    yield from _coverage(summary, names)
    for number, term in enumerate(summary["terms"], 1):
        yield from _term(number, term, summary["elapsed"], names)
    if "handoffs" in summary:
        yield from _handoffs(summary["handoffs"], names)
        yield from _overnights(summary["overnights"], summary["elapsed"], names)
    if "noise" in summary:
        yield from _noise(summary["noise"], names)
    if "milestones" in summary:
        yield from _milestones(summary["milestones"], names)
    yield from _agenda(summary["agenda"], names)
    yield ""
    yield f"Prepared for mediation on {_day(summary['as_of'])}. May be confidential. Ask your mediator before sharing."


def _head(title: str, summary: Mapping[str, Any]) -> Iterator[str]:
    first = date.fromisoformat(summary["starts_on"])
    last = first + timedelta(days=summary["days"] - 1)
    yield plain(title)
    yield f"{_day(first)} to {_day(last)}, counted up to {_day(summary['as_of'])}:"
    yield f"{summary['elapsed']} of {summary['days']} days"


def _coverage(summary: Mapping[str, Any], names: Names) -> Iterator[str]:
    coverage = summary["coverage"]
    yield from _heading("Accounts", names, coverage)
    yield _row("days with an entry", (_of(one["logged"], one["elapsed"]) for one in coverage.values()))
    for key, label in (("on_time", "on time"), ("added_later", "added later"), ("recollection", "recollection")):
        yield _row(f"  {label}", (_of(one[key], one["logged"]) for one in coverage.values()))


def _term(number: int, term: Mapping[str, Any], elapsed: int, names: Names) -> Iterator[str]:
    parties = term["parties"]
    yield ""
    yield f"Term {number}: {plain(names.terms[term['key']])}"
    yield from _heading("", names, parties)
    for key, label in (RATINGS | {"no_entry": "no entry"}).items():
        yield _row(label, (_of(one[key], elapsed) for one in parties.values()))
    for week, block in enumerate(term["weeks"], 1):
        kept = (f"{one['kept']} of {one['rated']} rated" for one in block["parties"].values())
        yield _row(f"  week {week}, as planned", kept)
    yield from _matching(term["matching"], elapsed, "days")


def _handoffs(handoffs: Mapping[str, Any], names: Names) -> Iterator[str]:
    parties, planned = handoffs["parties"], handoffs["planned"]
    yield from _heading("Handoffs", names, parties)
    for key, label in (OUTCOMES | {"no_entry": "no entry"}).items():
        yield _row(label, (_of(one[key], planned) for one in parties.values()))
    yield _row("median of minutes late", (_or_dash(one["median_minutes_late"]) for one in parties.values()))
    yield _row("on days without one", (str(one["unplanned"]) for one in parties.values()))
    yield from _matching(handoffs["matching"], planned, "handoffs")


def _overnights(overnights: Mapping[str, Any], elapsed: int, names: Names) -> Iterator[str]:
    reported = overnights["reported"]
    yield from _heading("Overnights, as reported", names, reported)
    for key, planned in overnights["planned"].items():
        counts = (_of(one["nights"][key], elapsed) for one in reported.values())
        yield _row(f"with {_short(names.parties[key], 19)}", counts) + f"planned: {_of(planned, elapsed)}"
    for key, label in (("other", "elsewhere"), ("no_entry", "no entry")):
        yield _row(label, (_of(one[key], elapsed) for one in reported.values()))
    yield from _matching(overnights["matching"], elapsed, "nights")


def _noise(noise: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield from _heading("Noise", names, noise)
    for key, label in NIGHTS.items():
        yield _row(label, (_of(one[key], one["windows"]) for one in noise.values()))
    for key, label in (("events", "times noise was noted"), ("minutes", "minutes of noise")):
        yield _row(label, (str(one[key]) for one in noise.values()))
    yield _row("  in quiet hours", (_of(one["quiet_hours_minutes"], one["minutes"]) for one in noise.values()))
    yield _row("median level (1 to 10)", (_or_dash(one["median_level"]) for one in noise.values()))
    yield _row("highest level", (_or_dash(one["max_level"]) for one in noise.values()))
    weeks = zip(*(one["weeks"] for one in noise.values()), strict=True)
    for number, week in enumerate(weeks, 1):
        yield _row(f"  week {number}, disturbed", map(str, week))


def _milestones(milestones: Iterable[Mapping[str, Any]], names: Names) -> Iterator[str]:
    for milestone in milestones:
        done = milestone["done_on"]
        yield ""
        yield f"Milestone, due {_day(milestone['due'])}: {plain(names.milestones[milestone['key']])}"
        yield from _heading("", names, done)
        yield _row("done", (_day(day) if day else "not noted" for day in done.values()))


def _agenda(agenda: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield ""
    yield "For the return session"
    terms = {term["key"]: term for term in agenda["terms"]}
    for key in agenda["narrow"]:
        yield f"  To talk about: {plain(names.terms[key])}"
        yield f"    {_reason(terms[key], names)}"
    for key, term in terms.items():
        if term["suggestion"] == "keep":
            yield f"  Ready to be kept: {plain(names.terms[key])}"
            yield f"    {_reason(term, names)}"
    for key, term in terms.items():
        if term["suggestion"] == "too_few":
            yield f"  Too few days to say: {plain(names.terms[key])}"
            yield f"    both rated it on {term['both']} days"


def _reason(term: Mapping[str, Any], names: Names) -> str:
    both = term["both"]
    kept = ", ".join(f"{plain(names.parties[key])} {_of(count, both)}" for key, count in term["kept"].items())
    return f"of the days that both rated, as planned: {kept}; accounts differ on {_of(term['differ'], both)}"


def _heading(label: str, names: Names, parties: Iterable[str]) -> Iterator[str]:
    if label:
        yield ""
    yield _row(label, (_short(names.parties[key], CELL - 2) for key in parties))


def _matching(matching: Mapping[str, int], of: int, what: str) -> Iterator[str]:
    yield f"both accounts, {_of(sum(matching.values()), of)} {what}: " + ", ".join(
        f"{MATCHES[key]} {count}" for key, count in matching.items() if count
    )


def _row(label: str, cells: Iterable[str]) -> str:
    return f"{label:<{LABEL}}" + "".join(f"{cell:<{CELL}}" for cell in cells)


def _of(count: int, all_: int) -> str:
    return f"{count} of {all_}"


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _day(day: date | str) -> str:
    """*Tue 24 Nov 2026*, in English whatever the machine's language."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{weekday} {day.day} {months[day.month - 1]} {day.year}"


def _short(text: str, longest: int) -> str:
    text = plain(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def plain(text: str) -> str:
    """Text from a file as a terminal may show it: on one line, with nothing in it that a terminal obeys."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
