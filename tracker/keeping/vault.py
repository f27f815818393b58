"""An encrypted file: AES-256-GCM in chunks, in the STREAM construction (Hoang and others, 2015), as `age` does it.

Each chunk has its number and whether it is the last in its nonce, so that none can be left out, repeated or moved; the
first lines of the file are authenticated with each of them. The key is new for each file: from a passphrase by scrypt
(RFC 7914), or from a key file by HKDF (RFC 5869), both with a random salt.
"""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"meanwhile.backup/1\n"
CHUNK = 64 * 1024
COST = 2**17  # scrypt's N: 128 MiB and about half a second for each guess
SHORTEST_PASSPHRASE, SHORTEST_KEY = 12, 32


class Unreadable(Exception):
    """The file is no backup, is damaged, or the passphrase or key file is another one. Says which in plain words."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens the file: a passphrase, or the content of a key file."""

    passphrase: str = ""
    key: bytes = b""

    def derive(self, salt: bytes, cost: int) -> AESGCM:
        """The cipher of one file."""
        if self.key:
            return AESGCM(HKDF(SHA256(), 32, salt, MAGIC).derive(self.key))
        return AESGCM(Scrypt(salt, 32, cost, 8, 1).derive(self.passphrase.encode()))


class Writer(io.RawIOBase):
    """Encrypts what is written to it into `file`. Only after `close` is the file whole."""

    def __init__(self, file: IO[bytes], secret: Secret) -> None:
        salt = os.urandom(16)
        self._head = json.dumps({"by": "key" if secret.key else "passphrase", "n": COST, "salt": salt.hex()}).encode()
        self._file, self._cipher = file, secret.derive(salt, COST)
        self._waiting, self._number = bytearray(), 0
        file.write(MAGIC + self._head + b"\n")

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; whole chunks go out."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk."""
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
        super().close()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, self._head))
        self._number += 1


class Reader(io.RawIOBase):
    """Decrypts `file` as it is read. Raises `Unreadable`; never gives out a byte that was not checked."""

    def __init__(self, file: IO[bytes], secret: Secret) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise Unreadable("this is no backup of Meanwhile")
        self._head = file.readline(1024).removesuffix(b"\n")
        try:
            head = json.loads(self._head)
            by, salt, cost = head["by"], bytes.fromhex(head["salt"]), int(head["n"])
        except (ValueError, KeyError, TypeError):
            raise Unreadable("its first lines are damaged") from None
        if by != ("key" if secret.key else "passphrase") or cost > 2**22 or cost & (cost - 1) or cost < 2:
            raise Unreadable(f"it opens with a {'key file' if by == 'key' else 'passphrase'}")
        self._file, self._cipher = file, secret.derive(salt, cost)
        self._ready, self._number, self._done = b"", 0, False
        self._next = file.read(CHUNK + 16)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give what is ready, decrypting the next chunk when nothing is."""
        while not self._ready and not self._done:
            self._advance()
        part = self._ready[: len(buffer)]
        buffer[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)

    def _advance(self) -> None:
        chunk, self._next = self._next, self._file.read(CHUNK + 16)
        self._done = not self._next
        try:
            self._ready = self._cipher.decrypt(_nonce(self._number, last=self._done), chunk, self._head)
        except InvalidTag:
            what = "another passphrase or key file opens it, or it is damaged" if not self._number else "it is damaged"
            raise Unreadable(what) from None
        self._number += 1


def secret_of_file(path: Path) -> Secret:
    """A key file's content. Raises `Unreadable`."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from None
    if len(key) < SHORTEST_KEY:
        raise Unreadable(f"{path}: a key file has at least {SHORTEST_KEY} bytes, random ones")
    return Secret(key=key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
