"""The configuration: environment variables become one typed, immutable `Config`.

A wrong value stops the start with one line for each problem, naming the variable. Secrets that are not given are made
once and kept in the data folder, readable by its owner alone.
"""

from __future__ import annotations

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tracker.hosts import with_tls

ROOT = Path(__file__).resolve().parent.parent  # the checkout: templates, static files and migrations lie here
P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # how many points the curve P-256 has


class ConfigError(ValueError):
    """Names every variable that is wrong, a line each."""


@dataclass(frozen=True)
class Config:
    """How this installation runs. See the table in the README; the names are those of the variables, in lower case."""

    data: Path
    database_url: str
    secret_key: str
    keys: tuple[bytes, ...]
    keys_file: Path | None = None  # where `keys` come from and are renewed; none if the environment gives them
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    smtp_url: str = ""
    mail_from: str = "Reminders <reminders@localhost>"
    exit_to: str = "https://www.wikipedia.org/"
    workers: int = 2
    threads: int = 8
    metrics_port: int = 0
    vapid_key: str = ""
    push_hosts: tuple[str, ...] = ()
    sms_url: str = ""
    limits_storage: str = "database://"

    @property
    def secure(self) -> bool:
        """Whether people reach this installation over TLS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def load(environ: Mapping[str, str] | None = None) -> Config:
    """Read the environment; raise `ConfigError` with all problems at once."""
    env = os.environ if environ is None else environ
    problems: list[str] = []
    data, database_url = _places(env, problems)
    port = _number(env, "PORT", 8000, 1, 65535, problems)
    host = env.get("HOST", "127.0.0.1")
    base_url = env.get("BASE_URL", f"http://{host}:{port}").rstrip("/")
    _check_url("BASE_URL", base_url, ("http", "https"), problems)
    smtp_url = env.get("SMTP_URL", "")
    if smtp_url:
        _check_url("SMTP_URL", smtp_url, ("smtp", "smtps"), problems)
    exit_to = env.get("EXIT_TO", Config.exit_to)
    _check_url("EXIT_TO", exit_to, ("https", "http"), problems)
    demo = env.get("DEMO", "0")
    if demo not in ("0", "1"):
        problems.append(f"DEMO: {demo!r} is neither 0 nor 1")
    workers = _number(env, "WORKERS", Config.workers, 1, 64, problems)
    threads = _number(env, "THREADS", Config.threads, 1, 256, problems)
    metrics_port = _number(env, "METRICS_PORT", Config.metrics_port, 0, 65535, problems)
    keys = _keys(env, data, problems)
    vapid_key, push_hosts, sms_url = _channels(env, data, problems)
    if problems:
        raise ConfigError("\n".join(problems))
    return Config(
        data=data,
        database_url=database_url,
        secret_key=env.get("SECRET_KEY") or _kept(data / "secret.key", lambda: secrets.token_hex(32)),
        keys=keys,
        keys_file=None if env.get("KEYS") else data / "keys",
        host=host,
        port=port,
        base_url=base_url,
        demo=demo == "1",
        smtp_url=smtp_url,
        mail_from=env.get("MAIL_FROM", Config.mail_from),
        exit_to=exit_to,
        workers=workers,
        threads=threads,
        limits_storage=env.get("LIMITS_STORAGE", Config.limits_storage),
        metrics_port=metrics_port,
        vapid_key=vapid_key,
        push_hosts=push_hosts,
        sms_url=sms_url,
    )


def places(environ: Mapping[str, str] | None = None) -> tuple[Path, str]:
    """The data folder and the database's address alone, without making anything. Raises `ConfigError`."""
    problems: list[str] = []
    found = _places(os.environ if environ is None else environ, problems)
    if problems:
        raise ConfigError("\n".join(problems))
    return found


def _places(env: Mapping[str, str], problems: list[str]) -> tuple[Path, str]:
    data = Path(env.get("DATA", str(ROOT / "data"))).absolute()
    return data, _database(env.get("DATABASE_URL", f"sqlite:///{data / 'meanwhile.sqlite'}"), problems)


def _number(
    env: Mapping[str, str],
    name: str,
    default: int,
    low: int,
    high: int,
    problems: list[str],
) -> int:
    text = env.get(name, str(default))
    if text.isdecimal() and low <= int(text) <= high:
        return int(text)
    problems.append(f"{name}: {text!r} is not a whole number from {low} to {high}")
    return default


def _check_url(name: str, url: str, schemes: tuple[str, ...], problems: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname:
        problems.append(f"{name}: {url!r} is not a {' or '.join(schemes)} address")


def _database(url: str, problems: list[str]) -> str:
    """The SQLAlchemy address; plain `postgresql://` means the driver that is installed."""
    if url.startswith("sqlite:///"):
        return url
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return with_tls("postgresql+psycopg://" + url.removeprefix(plain))
    if url.startswith("postgresql+psycopg://"):
        return with_tls(url)
    problems.append(f"DATABASE_URL: {url.partition(':')[0]!r} is neither sqlite nor postgresql")
    return url


def _keys(env: Mapping[str, str], data: Path, problems: list[str]) -> tuple[bytes, ...]:
    """The keys of encrypted columns, newest first: 64 hexadecimal digits each, separated by commas."""
    text = env.get("KEYS") or _kept(data / "keys", lambda: secrets.token_hex(32))
    try:
        return parse_keys(text)
    except ValueError as error:
        problems.append(f"KEYS: {error}")
        return ()


def parse_keys(text: str) -> tuple[bytes, ...]:
    """The keys in a text of them, separated by commas or line ends. Raises `ValueError` if one is none."""
    try:
        keys = tuple(bytes.fromhex(part.strip()) for part in text.replace("\n", ",").split(",") if part.strip())
    except ValueError:
        keys = ()
    if not keys or any(len(key) != 32 for key in keys):
        raise ValueError("each key is 64 hexadecimal digits, separated by commas")
    return keys


def _channels(env: Mapping[str, str], data: Path, problems: list[str]) -> tuple[str, tuple[str, ...], str]:
    """The key that signs push messages, the push services that are allowed beside the known ones, and how texts go."""
    key = env.get("VAPID_KEY") or _kept(data / "vapid.key", _new_vapid_key)
    well_formed = re.fullmatch(r"[A-Za-z0-9_-]{43}", key) is not None
    if not well_formed or not 0 < int.from_bytes(urlsafe_b64decode(key + "=")) < P256:
        problems.append("VAPID_KEY: 43 characters of base64url, a private key of the curve P-256")
    hosts = tuple(host for part in env.get("PUSH_HOSTS", "").split(",") if (host := part.strip().rstrip("/")))
    for host in hosts:
        if not re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+|https?://[^/@\s]+", host):
            problems.append(f"PUSH_HOSTS: {host!r} is neither a name, nor *.name, nor https://name:port")
    sms_url = env.get("SMS_URL", "")
    if sms_url and "{number}" not in sms_url:
        problems.append("SMS_URL: an address of apprise, with {number} where the number goes")
    return key, hosts, sms_url


def _new_vapid_key() -> str:
    number = secrets.randbelow(P256 - 1) + 1
    return urlsafe_b64encode(number.to_bytes(32)).rstrip(b"=").decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The text of a secret file, made on first use. Two processes that start at once agree on the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    except FileExistsError:
        pass
    return path.read_text().strip()
