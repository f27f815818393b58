"""Email: by SMTP where the installation has a server, else as .eml files that its operator can open."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import MappingProxyType
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

from tracker import clock
from tracker.config import Config
from tracker.delivery.notice import Notice, Send
from tracker.delivery.outcome import NotSent, Permanent, Temporary
from tracker.hosts import is_here

__all__ = ["Message", "NotSent", "Permanent", "Temporary", "opened", "probe", "send"]

TIMEOUT = 20  # seconds that the mail server may take for one step
PORTS = {"smtp": 587, "smtps": 465}
# As wide as a line may be (RFC 5322, 2.1.1): the library would cut a long address of a header into encoded words, which
# no mail program puts together again.
_WIDE = policy.default.clone(max_line_length=998)


@dataclass(frozen=True, slots=True)
class Message:
    """One email to one address: a subject of one line, the text, and the same as HTML.

    `calendar`: an invitation by RFC 5546, as a calendar program reads it, with its `method`.
    """

    to: str
    subject: str
    text: str
    html: str
    calendar: bytes = b""
    method: str = "REQUEST"


def send(message: Message, config: Config) -> None:
    """Hand the message to the mail server, or write it under the data folder. Raises `NotSent`."""
    with _Line(config) as line:
        line.carry(_compose(message, config))


def probe(config: Config) -> None:
    """Connect as for sending, and hang up. Raises `NotSent` if the mail server does not take us."""
    with _Line(config) as line:
        line.open()


@contextmanager
def opened(config: Config) -> Iterator[Send]:
    """Send several notices over one connection, opened with the first one and again after it broke."""
    with _Line(config) as line:

        def one(notice: Notice, address: str) -> None:
            try:
                line.open()
            except NotSent as error:  # the installation's own trouble says nothing about this address
                raise Temporary(error.reason) from error
            message = Message(address, notice.subject, notice.text, notice.html)
            line.carry(_compose(message, config, notice.id, notice.headers))

        yield one


class _Line:
    """A connection to the mail server, or the folder that stands in for it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._drop()

    def carry(self, mail: EmailMessage) -> None:
        """Hand over one message. Raises `Temporary` or `Permanent`."""
        self.open()
        try:
            if self._server is None:
                _to_file(mail, self._config)
            else:
                self._server.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            if not isinstance(error, smtplib.SMTPRecipientsRefused):
                self._drop()  # in whatever state it is: the next message gets a new one
            raise _not_sent(error) from error

    def open(self) -> None:
        """Connect, if there is a server and no connection to it."""
        try:
            if self._config.smtp_url and self._server is None:
                self._server = _connect(urlsplit(self._config.smtp_url))
        except (OSError, smtplib.SMTPException) as error:
            raise _not_sent(error) from error

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _compose(
    message: Message, config: Config, id_: str = "", headers: Mapping[str, str] = MappingProxyType({})
) -> EmailMessage:
    mail = EmailMessage(policy=_WIDE)
    mail["From"] = config.mail_from
    mail["To"] = message.to
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(clock.now())
    # The library's own maker of ids would tell the name of this machine.
    mail["Message-ID"] = f"<{id_ or uuid4()}@{parseaddr(config.mail_from)[1].rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    if message.calendar:
        more = {"method": message.method, "name": "invite.ics"}
        mail.add_alternative(message.calendar.decode(), subtype="calendar", params=more)
    return mail


def _connect(url: SplitResult) -> smtplib.SMTP:
    """A connection, signed in where the address says so. Only a server on this machine may be without encryption."""
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    if url.scheme == "smtps":
        secure = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, local_hostname="localhost", timeout=TIMEOUT, context=secure)
    else:
        server = smtplib.SMTP(host, port, local_hostname="localhost", timeout=TIMEOUT)
    try:
        server.ehlo()
        if url.scheme == "smtp" and (server.has_extn("starttls") or not is_here(host)):
            # Raises `SMTPNotSupportedError` where the server offers none.
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


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


def _not_sent(error: Exception) -> NotSent:
    return (Temporary if _is_temporary(error) else Permanent)(_reason(error))


def _reason(error: Exception) -> str:
    """What went wrong, without the address: it ends up in logs."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"{type(error).__name__} {max(code for code, _text in error.recipients.values())}"
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
