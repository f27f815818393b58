"""Which hosts need no encryption on the way: this machine alone."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit


def is_here(host: str) -> bool:
    """Whether a host, as it is written, can only be this machine. A path is a socket."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")


def with_tls(url: str) -> str:
    """A PostgreSQL address; a server on another machine has to show a trusted certificate, unless it says otherwise."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    host = query.get("host", [parts.hostname or "/"])[0]
    if "sslmode" in query or is_here(host):
        return url
    return f"{url}{'&' if parts.query else '?'}sslmode=verify-full&sslrootcert=system"
