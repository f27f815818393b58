"""What the tests of the pages before the app share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.front.invited import NEW, Invited, propose_to
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def invited(cast: Cast) -> Invited:
    """A parenting trial that was proposed today and starts today."""
    return propose_to(cast, [NEW, None])
