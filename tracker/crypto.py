"""Encryption of what people wrote: AES-256-GCM, a key id beside each text, so that keys can be replaced one by one."""

from __future__ import annotations

import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"


class Keyring:
    """The installation's keys, newest first. The first one writes; each of them can read.

    A stored text is: one byte of version, four bytes naming the key, twelve of nonce, then the ciphertext.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys:
            raise ValueError("a keyring needs a key")
        self._ciphers = {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in keys}
        self._newest = next(iter(self._ciphers))

    def encrypt(self, text: str) -> bytes:
        """The stored form of `text`; another one each time."""
        nonce = os.urandom(12)
        head = VERSION + self._newest
        return head + nonce + self._ciphers[self._newest].encrypt(nonce, text.encode(), head)

    def decrypt(self, stored: bytes) -> str:
        """The text again. Raises `KeyError` for a key that is not in the ring, `InvalidTag` for changed bytes."""
        head, nonce, body = stored[:5], stored[5:17], stored[17:]
        return self._ciphers[head[1:]].decrypt(nonce, body, head).decode()
