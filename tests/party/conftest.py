"""What several tests of a party's pages ask for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import NIGHTS, Cast, begin, proposed
from tests.conftest import NOW
from tracker.db import transaction
from tracker.trials.model import Trial


@pytest.fixture
def coming(cast: Cast) -> Trial:
    """A plan that nobody has accepted yet; its first day is Monday 16 March."""
    people = {"Parent A": cast.parent_a, "Parent B": cast.parent_b}
    names = [("A", "Parent A", "UTC"), ("B", "Parent B", "UTC")]
    proposal = proposed("Next weeks", "parenting", 28, "UTC", {"nights": NIGHTS}, date(2026, 3, 16))
    with transaction():
        return begin(cast.programme.id, cast.mediator.id, names, people, proposal, NOW, accepted=False)
