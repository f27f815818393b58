"""Four schedulers, killed at random moments: everybody is asked, and at most one message a kill comes twice.

A repeat has the same Message-ID, so that a mailbox can fold it. Against a real SMTP server in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from flask_migrate import upgrade

from tests.apart import apart
from tests.checkins import crowd
from tests.checkins.sink import sink, taken_in
from tests.server import ROOT, clean
from tracker import clock
from tracker.config import load

pytestmark = pytest.mark.real_time


def filled(environment: dict[str, str], count: int) -> None:
    """A database in which `count` parties are due now."""
    with apart(load(environment)):
        upgrade()
        now = clock.now()
        crowd.settle(count, (now - timedelta(minutes=1)).time().replace(microsecond=0), now)


def prove(environment: dict[str, str], folder: Path, count: int, kills: int, lease: float) -> None:
    filled(environment, count)
    with sink(folder / "taken") as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.checkins.killer", str(kills), str(lease)],
            env=clean() | environment | {"SMTP_URL": url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["killed"] == kills
    messages = taken_in(folder / "taken")
    ids = defaultdict(set)
    for to, id_ in messages:
        ids[to].add(id_)
    repeats = len(messages) - len(ids)
    print(f"{count} check-ins, {said}, {repeats} repeated; {Counter(done.stderr.splitlines())}")
    assert set(ids) == {crowd.address(number) for number in range(count)}  # none is missing
    assert all(len(found) == 1 for found in ids.values())  # each repeat has the same Message-ID
    assert repeats <= kills


def test_a_few_kills(environment: dict[str, str], tmp_path: Path) -> None:
    prove(environment, tmp_path, count=30, kills=2, lease=3)


@pytest.mark.soak
def test_five_hundred_kills(environment: dict[str, str], tmp_path: Path) -> None:
    prove(environment, tmp_path, count=5000, kills=500, lease=3)
