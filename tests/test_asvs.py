"""The table of OWASP ASVS 5.0: every requirement once, and every place and test that it names is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker import lengths
from tracker.cases import invite
from tracker.checkins import claim
from tracker.commands import files
from tracker.config import ROOT
from tracker.people import devices, passkeys, second_step, sign_in
from tracker.people.model import Device
from tracker.plans import check, plan

# How many requirements of levels 1 and 2 each section has; those of level 3 come last in each.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3,
    "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3,
    "16.5": 3,
}  # fmt: skip  # read in rows, as it is laid out
WANTED = [f"{section}.{n}" for section, many in SECTIONS.items() for n in range(1, many + 1)] + ["15.4.2"]
OTHERWISE = ("**n/a**: ", "**partly**: ", "**not met**: ", "**operator**: ")


class Row(NamedTuple):
    """One requirement."""

    number: str
    words: str
    where: str
    shown_by: str


def rows() -> list[Row]:
    lines = (ROOT / "ASVS.md").read_text().splitlines()
    return [Row(*(cell.strip() for cell in line.split("|")[1:5])) for line in lines if re.match(r"\| \d", line)]


def names(text: str) -> list[str]:
    """What stands between backticks and looks like a place."""
    return [name for name in re.findall(r"`([^`]+)`", text) if "/" in name or name.endswith((".md", ".lock", ".json"))]


@cache
def read(path: Path) -> str:
    return path.read_text()


def missing(name: str) -> str:
    """What is wrong with a place: `folder/`, `file`, `file:name` or `file::test`. Nothing if it is there."""
    path, _, inside = name.partition("::" if "::" in name else ":")
    if not (ROOT / path).exists():
        return f"{path} is not there"
    defined = rf"^\s*(?:(?:async )?def|class) {inside}\b" if "::" in name else rf"\b{inside}\b"
    if inside and not re.search(defined, read(ROOT / path), re.MULTILINE):
        return f"{path} has no {inside}"
    return ""


def test_every_requirement_is_there_once_and_in_order() -> None:
    assert len(WANTED) == 218
    numbers = [row.number for row in rows()]
    assert sorted(numbers) == sorted(WANTED)
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def test_every_place_and_test_that_it_names_exists() -> None:
    wrong = [
        f"{row.number}: {problem}"
        for row in rows()
        for name in names(row.where) + names(row.shown_by)
        if (problem := missing(name))
    ]
    assert not wrong, "\n".join(wrong)


def test_each_row_says_what_it_is() -> None:
    """Met: a place and a test. Otherwise: a reason of some words."""
    for row in rows():
        assert row.words, row.number
        if row.where.startswith("**"):
            assert row.where.startswith(OTHERWISE), row
            assert len(row.where.partition(": ")[2].split()) >= 2, row
        else:
            tests = names(row.shown_by)
            assert tests, f"{row.number}: no test"
            assert all(name.startswith("tests/") for name in tests), row


@pytest.mark.parametrize("name", ["tracker/nothing.py", "tracker/db.py:anywhere", "tests/test_asvs.py::test_nothing"])
def test_a_place_that_is_not_there_is_found(name: str) -> None:
    assert missing(name)


def test_the_rules_say_what_the_code_does() -> None:
    """The numbers in SECURITY-RULES.md are those of the code."""
    said = " ".join((ROOT / "SECURITY-RULES.md").read_text().split())
    own, shared, staff = (
        Device(shared=one, staff=other) for one, other in ((False, False), (True, False), (False, True))
    )
    for sentence in (
        f"at most {256 * 1024} bytes and 500 fields",
        f"at most {lengths.EMAIL} characters",
        f"A note has at most {lengths.NOTE} characters, {lengths.NOTE_TYPED} in the daily form",
        f"a safety message and a wish for a change {lengths.MESSAGE}",
        f"at most {files.LARGEST} bytes",
        f"| terms of a plan | 1 to {check.MOST_TERMS} |",
        f"| days of a trial | at most {plan.MOST_DAYS} |",
        f"| tries of a code | {sign_in.TRIES}, then",
        f"| wrong second steps | {devices.TRIES}, then",
        f"| passkeys of a person | {passkeys.MOST} |",
        f"{minutes(sign_in.VALID)} minutes, once, {sign_in.TRIES} tries",
        f"{second_step.LENGTH} random signs, once",
        f"{invite.CODE_LENGTH} signs from the mediator, {invite.VALID.days} days, once",
        f"proved within {minutes(devices.FRESH)} minutes",
        f"own device | {own.idle.days} days | {devices.ABSOLUTE.days} days |",
        f"shared device | {minutes(shared.idle)} minutes | {minutes(devices.SHARED) // 60} hours |",
        f"administrators | {minutes(staff.idle) // 60} hours | {minutes(devices.STAFF) // 60} hours |",
        f"claimed in batches of {claim.BATCH}",
    ):
        assert sentence in said, sentence


def minutes(time: object) -> int:
    return int(time.total_seconds()) // 60  # type: ignore[attr-defined]  # a timedelta
