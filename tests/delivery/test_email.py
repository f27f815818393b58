"""Email goes out by a real SMTP server, with TLS where there is any, or into files."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import configured
from tests.server import free_port
from tracker.config import Config
from tracker.delivery import email
from tracker.delivery.email import Message, NotSent
from tracker.delivery.notice import Notice

MESSAGE = Message("me@example.org", "Your code", "Your code is:\n\n482 913\n\nGrüße\n", "<p>Your code is: 482 913</p>")
pytestmark = pytest.mark.real_time


@dataclass
class Inbox:
    """What the server took in, and what it answers: a refusal for addresses in `refused`."""

    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str], bool]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refused: str = ""
    raw: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  # the server's own name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refused:
            return self.refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content.decode())
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        self.envelopes.append((str(envelope.mail_from), envelope.rcpt_tos, session.ssl is not None))
        return "250 OK"

    def login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"p:ss w/rd", handled=False)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "cert.pem", tmp_path / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


@pytest.fixture
def tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Inbox, str]]]:
    """Start a real server; gives what it takes in, and its host and port."""
    running: list[Controller] = []

    def start(implicit: ssl.SSLContext | None = None, **options: Any) -> tuple[Inbox, str]:
        inbox = Inbox()
        options = {"authenticator": inbox.login} | options
        controller = Controller(inbox, "127.0.0.1", free_port(), ssl_context=implicit, ready_timeout=60, **options)
        controller.start()
        running.append(controller)
        return inbox, f"127.0.0.1:{controller.port}"

    yield start
    for controller in running:
        controller.stop()


def config(tmp_path: Path, url: str = "", **more: object) -> Config:
    return configured(tmp_path, "sqlite://", smtp_url=url, **more)


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


def test_a_message_arrives_whole(tmp_path: Path, serve: Callable[..., tuple[Inbox, str]]) -> None:
    inbox, where = serve()
    email.send(MESSAGE, config(tmp_path, f"smtp://{where}"))
    (mail,) = inbox.messages
    assert mail["To"] == "me@example.org"
    assert mail["From"] == "Reminders <reminders@localhost>"
    assert mail["Subject"] == "Your code"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"]
    assert parts(mail) == (MESSAGE.text, MESSAGE.html + "\n")
    assert inbox.envelopes == [("reminders@localhost", ["me@example.org"], False)]
    assert not (tmp_path / "mail").exists()


def test_its_id_does_not_name_this_machine(tmp_path: Path, serve: Callable[..., tuple[Inbox, str]]) -> None:
    inbox, where = serve()
    for _ in range(2):
        email.send(MESSAGE, config(tmp_path, f"smtp://{where}", mail_from="Us <us@example.net>"))
    ids = [mail["Message-ID"] for mail in inbox.messages]
    assert len(set(ids)) == 2
    assert all(str(one).endswith("@example.net>") for one in ids)


def test_starttls_is_used_where_it_is_offered(
    tmp_path: Path,
    serve: Callable[..., tuple[Inbox, str]],
    tls: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    inbox, where = serve(tls_context=tls, auth_required=True)
    email.send(MESSAGE, config(tmp_path, f"smtp://me%40example.net:p%3Ass%20w%2Frd@{where}"))
    assert inbox.envelopes[0][2]
    assert inbox.logins == [(b"me@example.net", b"p:ss w/rd")]


def test_tls_from_the_start(
    tmp_path: Path,
    serve: Callable[..., tuple[Inbox, str]],
    tls: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    inbox, where = serve(implicit=tls)
    email.send(MESSAGE, config(tmp_path, f"smtps://{where}"))
    assert inbox.messages


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, serve: Callable[..., tuple[Inbox, str]], tls: ssl.SSLContext, scheme: str
) -> None:
    inbox, where = serve(**({"implicit": tls} if scheme == "smtps" else {"tls_context": tls}))
    with pytest.raises(NotSent, match="SSLCertVerificationError"):
        email.send(MESSAGE, config(tmp_path, f"{scheme}://{where}"))
    assert not inbox.messages


def test_a_wrong_password_is_said_without_the_address(
    tmp_path: Path,
    serve: Callable[..., tuple[Inbox, str]],
    tls: ssl.SSLContext,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    _inbox, where = serve(tls_context=tls)
    with pytest.raises(NotSent) as caught:
        email.send(MESSAGE, config(tmp_path, f"smtp://me:wrong@{where}"))
    assert str(caught.value) == "SMTPAuthenticationError 535"
    assert not caught.value.temporary


@pytest.mark.parametrize(("answer", "temporary"), [("450 later", True), ("550 nobody here", False)])
def test_a_refused_address_is_final_or_not(
    tmp_path: Path, serve: Callable[..., tuple[Inbox, str]], answer: str, temporary: bool
) -> None:
    inbox, where = serve()
    inbox.refused = answer
    with pytest.raises(NotSent) as caught:
        email.send(MESSAGE, config(tmp_path, f"smtp://{where}"))
    assert caught.value.temporary is temporary
    assert "me@example.org" not in str(caught.value)


def test_a_server_that_is_down_may_work_later(tmp_path: Path) -> None:
    with pytest.raises(NotSent) as caught:
        email.send(MESSAGE, config(tmp_path, f"smtp://127.0.0.1:{free_port()}"))
    assert caught.value.temporary


def test_without_a_server_a_file_is_written(tmp_path: Path) -> None:
    for _ in range(2):
        email.send(MESSAGE, config(tmp_path))
    files = list((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]  # nothing unfinished is left
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    mail = message_from_bytes(files[0].read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert parts(mail)[0] == MESSAGE.text


def test_a_subject_stays_one_line(tmp_path: Path) -> None:
    email.send(Message("me@example.org", "Your\ncode\r\nBcc: you@example.org", "x\n", "x"), config(tmp_path))
    (file,) = (tmp_path / "mail").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Your code Bcc: you@example.org"


def test_a_long_address_in_a_header_stays_one_piece(tmp_path: Path, serve: Callable[..., tuple[Inbox, str]]) -> None:
    inbox, where = serve()
    url = f"<https://reminders.example.org/mutes/{'a1-_' * 20}>"
    notice = Notice("1", "You have a reminder.", "x\n", "x", "/x", headers={"List-Unsubscribe": url})
    with email.opened(config(tmp_path, f"smtp://{where}")) as send:
        send(notice, "me@example.org")
    assert inbox.messages[0]["List-Unsubscribe"] == url
    assert f"List-Unsubscribe: {url}\r\n" in inbox.raw[0]  # not in encoded words, which mail programs do not join
