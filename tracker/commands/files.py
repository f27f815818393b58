"""What the commands about trial files share: reading a file, finding a trial, and writing plain UTF-8."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tracker.interchange.document import TrialFile
from tracker.interchange.observation import parse_id
from tracker.interchange.read import read_trial
from tracker.interchange.report import plain
from tracker.plans.entry import Problem
from tracker.plans.values import shown
from tracker.trials import find
from tracker.trials.here import Here

LARGEST = 64 * 2**20  # bytes; 182 days of two busy accounts are a hundredth of that


def read_file(name: str, now: datetime) -> tuple[TrialFile | None, list[Problem]]:
    """The trial in the file called `name`, or None and everything that is wrong with it."""
    try:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return None, [Problem(plain(name), str(error.strerror))]
    if len(data) > LARGEST:
        return None, [Problem(plain(name), f"is larger than {LARGEST // 2**20} MiB")]
    return read_trial(data, now)


def find_trial(name: str) -> tuple[Here | None, list[Problem]]:
    """The stored trial whose id `name` is, or None and the problem."""
    trial_id: UUID | None = parse_id(name)
    if trial_id is None:
        return None, [Problem(shown(name), "is not the id of a trial")]
    here = find.by_id(trial_id)
    return here, [] if here else [Problem(str(trial_id), "there is no such trial")]


def write(text: str) -> None:
    """Write text to standard output in UTF-8, whatever the terminal's language is set to."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
