"""Encryption of what people wrote: AES-256-GCM, a key id beside each text, so that keys can be replaced one by one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tracker.config import parse_keys

VERSION = b"\x01"


def key_id(key: bytes) -> bytes:
    """Four bytes that name a key and tell nothing about it."""
    return hashlib.sha256(key).digest()[:4]


class Keyring:
    """The installation's keys, newest first. The first one writes; each of them can read.

    A stored text is: one byte of version, four bytes naming the key, twelve of nonce, then the ciphertext. A ring that
    comes from a file follows it: a key that another process adds there writes and reads here from then on.
    """

    def __init__(self, keys: tuple[bytes, ...], file: Path | None = None) -> None:
        if not keys:
            raise ValueError("a keyring needs a key")
        self._file = file
        self._seen = _stamp(file)
        self._take(keys)

    @property
    def head(self) -> bytes:
        """What every text that is written now begins with."""
        self._follow()
        return self._head

    @property
    def ids(self) -> tuple[bytes, ...]:
        """The names of the keys, newest first."""
        self._follow()
        return tuple(self._ciphers)

    def encrypt(self, text: str) -> bytes:
        """The stored form of `text`; another one each time."""
        nonce, head = os.urandom(12), self.head
        return head + nonce + self._ciphers[head[1:]].encrypt(nonce, text.encode(), head)

    def decrypt(self, stored: bytes) -> str:
        """The text again. Raises `KeyError` for a key that is not in the ring, `InvalidTag` for changed bytes."""
        head, nonce, body = stored[:5], stored[5:17], stored[17:]
        if head[1:] not in self._ciphers:
            self._follow()
        return self._ciphers[head[1:]].decrypt(nonce, body, head).decode()

    def _take(self, keys: tuple[bytes, ...]) -> None:
        ciphers = {key_id(key): AESGCM(key) for key in keys}
        self._ciphers, self._head = ciphers, VERSION + next(iter(ciphers))

    def _follow(self) -> None:
        """Read the file again if it is another one than before. It is replaced as a whole, never written into."""
        stamp = _stamp(self._file)
        if self._file is not None and stamp is not None and stamp != self._seen:
            self._take(parse_keys(self._file.read_text()))
            self._seen = stamp


def _stamp(file: Path | None) -> tuple[int, int] | None:
    """What changes when the file is replaced; none while there is none."""
    try:
        status = os.stat(file) if file is not None else None
    except FileNotFoundError:
        return None
    return (status.st_ino, status.st_mtime_ns) if status else None
