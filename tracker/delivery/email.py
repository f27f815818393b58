"""Email: by SMTP where the installation has a server, else as .eml files that its operator can open."""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

from tracker import clock
from tracker.config import Config

TIMEOUT = 20  # seconds that the mail server may take for one step
PORTS = {"smtp": 587, "smtps": 465}


class NotSent(Exception):
    """The mail server could not be reached or did not take the message. `temporary`: later may go better."""

    def __init__(self, reason: str, *, temporary: bool) -> None:
        super().__init__(reason)
        self.temporary = temporary


@dataclass(frozen=True, slots=True)
class Message:
    """One email to one address: a subject of one line, the text, and the same as HTML."""

    to: str
    subject: str
    text: str
    html: str


def send(message: Message, config: Config) -> None:
    """Hand the message to the mail server, or write it under the data folder. Raises `NotSent`."""
    mail = _compose(message, config)
    try:
        if config.smtp_url:
            _by_smtp(mail, urlsplit(config.smtp_url))
        else:
            _to_file(mail, config)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_reason(error), temporary=_is_temporary(error)) from error


def _compose(message: Message, config: Config) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = config.mail_from
    mail["To"] = message.to
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(clock.now())
    # The library's own maker of ids would tell the name of this machine.
    mail["Message-ID"] = f"<{uuid4()}@{parseaddr(config.mail_from)[1].rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


def _by_smtp(mail: EmailMessage, url: SplitResult) -> None:
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    secure = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, local_hostname="localhost", timeout=TIMEOUT, context=secure)
    else:
        server = smtplib.SMTP(host, port, local_hostname="localhost", timeout=TIMEOUT)
    with server:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=secure)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(mail)


def _to_file(mail: EmailMessage, config: Config) -> None:
    """A whole file appears at once, readable for its owner alone."""
    folder = config.data / "mail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{clock.now():%Y-%m-%dT%H-%M-%S-%f}-{uuid4().hex[:8]}.eml"
    unfinished = folder / f"{name}.part"
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(mail.as_bytes())
        unfinished.rename(folder / name)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _reason(error: Exception) -> str:
    """What went wrong, without the address: it ends up in logs."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return type(error).__name__


def _is_temporary(error: Exception) -> bool:
    """SMTP answers 5xx for good; a network that fails may work again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return 400 <= error.smtp_code < 500
    return not isinstance(error, smtplib.SMTPNotSupportedError)
