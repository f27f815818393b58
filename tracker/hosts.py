"""Which hosts need no encryption on the way: this machine alone."""

from __future__ import annotations

from ipaddress import ip_address


def is_here(host: str) -> bool:
    """Whether a host, as it is written, can only be this machine. A path is a socket."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")
