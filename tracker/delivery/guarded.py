"""Requests to addresses that a stranger chose: what they reach is looked at once more when the connection stands.

A name may lead to a public address when it is checked and to a private one when it is used. So it is the other end of
the connection that is checked, before a single byte is sent. Nothing is redirected, and no proxy is asked.
"""

from __future__ import annotations

import socket
from ipaddress import IPv6Address, ip_address
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError


def session(*, public: bool) -> requests.Session:
    """A session for one request. `public`: it speaks TLS, and with hosts on the public internet alone."""
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 0
    if public:
        made.adapters.clear()
        made.mount("https://", _Public())
    return made


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local or reserved."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


class _Connection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        if not is_public(made.getpeername()[0]):
            made.close()
            raise NewConnectionError(self, "not an address of the public internet")
        return made


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Public(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = {"https": _Pool}
