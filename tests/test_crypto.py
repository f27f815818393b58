"""Texts in the database: whoever changes a byte of one, or puts it under another key, has made it unreadable."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag

from tracker.crypto import Keyring

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@pytest.mark.parametrize("place", [0, 5, 16, 17, 25, -1])
def test_a_changed_text_is_not_read(place: int) -> None:
    stored = bytearray(Keyring((KEY,)).encrypt("A quiet evening."))
    stored[place] ^= 1
    with pytest.raises(InvalidTag):
        Keyring((KEY,)).decrypt(bytes(stored))


def test_the_same_text_is_never_stored_the_same() -> None:
    ring = Keyring((KEY,))
    assert len({ring.encrypt("A quiet evening.") for _ in range(100)}) == 100


def test_a_text_under_another_key_is_not_read() -> None:
    stored = Keyring((OTHER,)).encrypt("A quiet evening.")
    with pytest.raises(KeyError):
        Keyring((KEY,)).decrypt(stored)
    with pytest.raises(InvalidTag):
        Keyring((KEY,)).decrypt(Keyring((KEY,)).head + stored[5:])
