"""The mail that the application wrote during a test. Whatever a test does not take out fails it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tracker.pages import mail


class Mailbox:
    """Reads the .eml files that are written where no mail server is set."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "mail"

    def take(self) -> list[EmailMessage]:
        """Every message since the last time, oldest first."""
        mail.settle()
        files = sorted(self.folder.glob("*.eml"))
        messages = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        for file in files:
            file.unlink()
        return messages

    def one(self, to: str) -> EmailMessage:
        """The one message there is, which goes to this address."""
        messages = self.take()
        assert [message["To"] for message in messages] == [to]
        return messages[0]


def text_of(message: EmailMessage) -> str:
    """Its plain text."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def code_in(message: EmailMessage) -> str:
    """The six digits in it."""
    found = re.search(r"\b(\d{3} \d{3})\b", text_of(message))
    assert found, text_of(message)
    return found.group()


def path_in(message: EmailMessage) -> str:
    """The path of the address in it."""
    found = re.search(r"https?://[^/\s]+(/\S+)", text_of(message))
    assert found, text_of(message)
    return found.group(1)
