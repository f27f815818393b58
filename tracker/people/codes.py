"""Codes that people read out, copy from paper and type."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is read as something else


def new(length: int) -> str:
    """A random code: five bits in each of its signs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normal(code: str) -> str:
    """A code as it was made, however somebody typed it: upper case, without spaces and hyphens."""
    return "".join(code.upper().replace("-", "").split())
