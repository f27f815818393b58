"""A document takes longer to make than any page: nobody keeps the server busy with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.visitor import Visitor
from tracker.pages.documents import answer

Visit = Callable[..., Visitor]


def test_each_person_has_so_many_an_hour(
    cast: Cast, visit: Visit, counting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "MOST", "2 per hour")  # the same rule, without waiting for sixty
    path = f"/trials/{cast.parenting.id}/account.pdf"
    statuses = [visit(cast.parent_a).client.get(path).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert visit(cast.parent_b).client.get(path).status_code == 200
