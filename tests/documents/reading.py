"""Reads the figures of a summary back from what people read: the text of its page, or of its PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date
from pypdf import PdfReader

NAMES = ("Ann", "Ben")
TERMS = ("First thing", "Second thing", "Third thing", "Fourth thing", "Fifth thing")
RESTS = {"partly": "partly", "not as planned": "not_kept", "didn't come up": "not_today", "no entry": "no_entry"}
OUTCOMES = {"On time": "on_time", "Late": "late", "Changed by agreement": "changed", "Missed": "missed"}
NIGHTS = {
    "Both say as planned on": "as_planned", "both say the same, not the plan, on": "same_other", "differ on": "differ",
    "by one alone on": "one_sided", "no entry on": "no_entry",
}  # fmt: skip  # read in rows, as it is laid out
FURNITURE = re.compile(r"^.*Page \d+ of \d+$|^Prepared for mediation on .*$", re.MULTILINE)

Figures = dict[str, Any]


def pdf_text(body: bytes) -> str:
    """The text of a PDF in reading order, without the head and foot of its pages, white space folded."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return folded(FURNITURE.sub("", "\n".join(pages)))


def folded(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\ufffc\ufffd]", " ", text).split())


def read(text: str, summary: Figures) -> Figures:
    """What the text says, in the shape of the summary file; of `summary` only which parts and how many there are."""
    keys = summary["parties"]
    terms = [term["key"] for term in summary["terms"]]
    found: Figures = {"coverage": dict(zip(keys, _coverage(text), strict=True)), "elapsed": _elapsed(text)}
    rows = _between(text, "As planned, by term", "As planned, of the days that each rated")
    found["terms"] = [_term(key, one, keys) for key, one in zip(terms, _by_term(rows, len(terms)), strict=True)]
    weeks = _by_term(_between(text, "Week by week", "As planned, of the days that were rated in that week"), len(terms))
    for term, row in zip(found["terms"], weeks, strict=True):
        term["weeks"] = _weeks(row, keys)
    if "handoffs" in summary:
        found["handoffs"] = _handoffs(_between(text, "Handoffs", "Overnights"), keys)
        found["overnights"] = _overnights(_between(text, "Overnights", "Night by night"), keys)
    if "noise" in summary:
        found["noise"] = _noise(text, keys)
    if "milestones" in summary:
        found["milestones"] = _milestones(_between(text, "Milestones", "In their words"), summary["milestones"], keys)
    found["agenda"] = _agenda(_between(text, "Ready to keep", "Week by week"), terms)
    return found


def _between(text: str, start: str, end: str) -> str:
    at = text.index(start) + len(start)
    return text[at : text.index(end, at)]


def _numbers(found: re.Match[str] | None) -> list[int]:
    assert found is not None
    return [int(number) for number in found.groups()]


def _said(text: str, words: str) -> int:
    """The number after these words; none where they are not said."""
    found = re.search(rf"{words} (\d+)", text, re.IGNORECASE)
    return int(found[1]) if found else 0


def _count(text: str, words: str) -> int:
    """The number before these words."""
    found = re.search(rf"(\d+) {words}", text)
    return int(found[1]) if found else 0


def _elapsed(text: str) -> int:
    return _count(text, "in all")


def _coverage(text: str) -> list[Figures]:
    part = _between(text, "Day by day", "As planned, by term")
    pieces = re.findall(r"(?:Ann|Ben) (\d+) of (\d+) days?([^A-Z]*)", part)
    return [
        {"logged": int(logged), "on_time": _count(rest, "on time"), "added_later": _count(rest, "added later"),
         "recollection": _count(rest, "recollection"), "elapsed": int(of)}
        for logged, of, rest in pieces
    ]  # fmt: skip  # read in rows, as it is laid out


def _by_term(part: str, count: int) -> list[str]:
    """What follows each term's text, all places together where a table goes on further down."""
    rows = [""] * count
    pieces = re.split(f"({'|'.join(TERMS)})", part)
    for name, row in zip(pieces[1::2], pieces[2::2], strict=True):
        rows[TERMS.index(name)] += row + " "
    return rows


def _term(key: str, row: str, keys: list[str]) -> Figures:
    first, second, together = _split_term(row)
    match = {
        "same": _said(together, "same on"), "near": _said(together, "near on"), "differ": _said(together, "differ on"),
        "one_sided": max(_count(together, f"{days}: only one rated") for days in ("day", "days")),
        "not_today": _count(together, "didn't come up for either"),
        "no_rating": max(_count(together, f"{days}: neither rated") for days in ("day", "days")),
    }  # fmt: skip  # read in rows, as it is laid out
    return {"key": key, "parties": {keys[0]: _rated(first), keys[1]: _rated(second)}, "matching": match}


def _split_term(row: str) -> tuple[str, str, str]:
    at = re.search(r"Same on|No day that both rated", row)
    assert at is not None
    both = row[: at.start()]
    starts = [found.start() for found in re.finditer(r"\d+ of \d+", both)]
    assert len(starts) == 2, both
    return both[starts[0] : starts[1]], both[starts[1] :], row[at.start() :]


def _rated(text: str) -> Figures:
    kept, rated = _numbers(re.match(r"(\d+) of (\d+)", text))
    rest = text[text.index(f"of {rated}") + len(f"of {rated}") :]
    said = {"kept": kept} | {key: _count(rest, words) for words, key in RESTS.items()}
    assert said["kept"] + said["partly"] + said["not_kept"] == rated
    return said


def _weeks(row: str, keys: list[str]) -> list[Figures]:
    cells = re.findall(r"(\d+) of (\d+)|–", row)
    said = [{"kept": int(kept or 0), "rated": int(rated or 0)} for kept, rated in cells]
    return [{"parties": dict(zip(keys, pair, strict=True))} for pair in zip(said[::2], said[1::2], strict=True)]


def _pair(part: str, label: str) -> list[int]:
    return _numbers(re.search(rf"{label} (\d+) (\d+)", part))


def _handoffs(part: str, keys: list[str]) -> Figures:
    parties: list[Figures] = [{}, {}]
    planned = _count(part, "planned")
    for label, key in (*OUTCOMES.items(), ("No entry", "no_entry")):
        for party, n in zip(parties, _pair(part, label) if planned else [0, 0], strict=True):
            party[key] = n
    for name, party in zip(NAMES, parties, strict=True):
        late = re.search(rf"{name}: ([\d.]+) minutes? late \(median of", part)
        extra = re.search(rf"{name}: (\d+) on a day without", part)
        party["median_minutes_late"] = float(late[1]) if late else None
        party["unplanned"] = int(extra[1]) if extra else 0
    sentence = part[part.find("Same on") :] if planned else ""
    match = {
        "same": _said(sentence, "same on"),
        "differ": _said(sentence, "differ on"),
        "one_sided": _said(sentence, "by one alone on"),
        "no_entry": _said(sentence, "no entry on"),
    }
    return {"planned": planned, "parties": dict(zip(keys, parties, strict=True)), "matching": match}


def _overnights(part: str, keys: list[str]) -> Figures:
    rows = [_numbers(re.search(rf"With {name} (\d+) (\d+) (\d+)", part)) for name in NAMES]
    other = _numbers(re.search(r"Somewhere else \d+ (\d+) (\d+)", part))
    silent = _numbers(re.search(r"No entry – (\d+) (\d+)", part))
    reported = {
        key: {
            "nights": {keys[0]: rows[0][at + 1], keys[1]: rows[1][at + 1]},
            "other": other[at],
            "no_entry": silent[at],
        }
        for at, key in enumerate(keys)
    }
    sentence = part[part.index("Both say as planned on") :]
    return {
        "planned": {keys[0]: rows[0][0], keys[1]: rows[1][0]},
        "reported": reported,
        "matching": {key: _said(sentence, words) for words, key in NIGHTS.items()},
    }


def _noise(text: str, keys: list[str]) -> Figures:
    part = text[text.index("Nights ") :]
    weeks = _between(text, "Nights, week from", "Nights by weekday")  # its chart, then its table
    rows = re.findall(r"\d+ [A-Z][a-z]{2} (\d+) of \d+ (\d+) of \d+", weeks)
    labels = ("Quiet nights", "Disturbed nights", "No entry", "Noises noted")
    quiet, disturbed, silent, events = (_pair(part, label) for label in labels)
    minutes, inside = _times(part, "All noise together"), _times(part, "Of it in quiet hours")
    windows = _count(part, "nights? with quiet hours")
    found = {}
    for at, (key, name) in enumerate(zip(keys, NAMES, strict=True)):
        middle, most = _levels(part)[at]
        found[key] = {
            "events": events[at], "minutes": minutes[at], "quiet_hours_minutes": inside[at],
            "disturbed_nights": disturbed[at], "quiet_nights": quiet[at], "no_entry": silent[at], "windows": windows,
            "by_hour": _hours(text, name, at), "median_level": middle, "max_level": most,
            "weeks": [int(row[at]) for row in rows],
        }  # fmt: skip  # read in rows, as it is laid out
    return found


TIME = r"(?:(\d+) h )?(\d+) min"


def _times(part: str, label: str) -> list[int]:
    found = re.search(rf"{label} {TIME} {TIME}", part)
    assert found is not None
    one, two, three, four = (int(number or 0) for number in found.groups())
    return [60 * one + two, 60 * three + four]


def _levels(part: str) -> list[tuple[float | None, int | None]]:
    level = r"(?:([\d.]+) and (\d+)|–)"
    found = re.search(rf"\(1 to 10\) {level} {level}", part)
    assert found is not None
    middle, most, other, highest = found.groups()
    return [
        (float(middle) if middle else None, int(most) if most else None),
        (float(other) if other else None, int(highest) if highest else None),
    ]


def _hours(text: str, name: str, at: int) -> list[int]:
    """By hour from midnight: from the table of the page, or from the sentence of the PDF."""
    if "Minutes by the hour in which they fall." in text:
        sentence = re.search(rf"{name}: ([^.]*)\.", text[text.index("Minutes by the hour") :])
        pairs = re.findall(r"(\d\d):00 (\d+)", sentence[1]) if sentence else []
    else:
        table = text[text.index("Noise by hour") :]
        pairs = [(row[0], row[1 + at]) for row in re.findall(r"(\d\d):00 (\d+) (\d+)(?= |$)", table)]
    said = {int(hour): int(minutes) for hour, minutes in pairs}
    return [said.get(hour, 0) for hour in range(24)]


def _milestones(part: str, wanted: list[Figures], keys: list[str]) -> list[Figures]:
    ends = re.findall(
        r"Goal (\d+) \w{3} \d+ \w{3} (Done \w{3} \d+ \w{3}|Not noted as done) "
        r"(Done \w{3} \d+ \w{3}|Not noted as done)",
        part,
    )
    return [
        {"key": one["key"], "done_on": dict(zip(keys, row[1:], strict=True))}
        for one, row in zip(wanted, ends, strict=True)
    ]


def done_words(day: str | None) -> str:
    """A milestone's day as the page writes it."""
    return f"Done {format_date(date.fromisoformat(day), 'EEE d MMM', locale='en')}" if day else "Not noted as done"


def _agenda(part: str, terms: list[str]) -> Figures:
    keep, rest = part.split("To talk about first")
    below = re.search(r"As planned on|Accounts differ", rest)
    return {
        "keep": _terms_in(keep, terms),
        "too_few": [terms[TERMS.index(name)] for name in re.findall(r"suggestion on “([^”]+)”", rest)],
        "reasons": {terms[TERMS.index(name)]: [int(n) for n in re.findall(r"\d+", reason)]
                    for name, reason in re.findall(rf"({'|'.join(TERMS)})[”.:]* ((?:As|Acc|Both)[^.]*)\.", part)},
        "narrow": _terms_in(rest[: rest.find("Too few")] if "Too few" in rest else rest, terms)[:2] if below else [],
    }  # fmt: skip  # read in rows, as it is laid out


def _terms_in(part: str, terms: list[str]) -> list[str]:
    return [terms[TERMS.index(name)] for name in re.findall("|".join(TERMS), part)]


def agenda_of(summary: Figures) -> Figures:
    """The file's agenda in the same shape."""
    by = {one["key"]: one for one in summary["agenda"]["terms"]}
    said: dict[str, Iterable[str]] = {
        kind: [key for key, one in by.items() if one["suggestion"] == kind] for kind in ("keep", "too_few")
    }
    return {
        "keep": list(said["keep"]),
        "too_few": list(said["too_few"]),
        "narrow": summary["agenda"]["narrow"],
        "reasons": {key: _reason(one, summary["elapsed"]) for key, one in by.items()},
    }


def _reason(one: Figures, elapsed: int) -> list[int]:
    if one["suggestion"] == "too_few":
        return [one["both"], elapsed]
    return (
        [one["differ"], one["both"]] if one["suggestion"] == "accounts_differ" else [*one["kept"].values(), one["both"]]
    )
