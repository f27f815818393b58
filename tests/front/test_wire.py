"""What the real server makes of requests that proxies and servers like to read differently."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from tests.server import Server, meanwhile

pytestmark = pytest.mark.real_time
HEAD = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
NEXT = "GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all, with one process."""
    running = meanwhile(tmp_path_factory.mktemp("wire"), WORKERS="1", THREADS="2").start()
    yield running
    running.stop()


def said(server: Server, request: str) -> list[int]:
    """The statuses of all answers on one connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request.encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def test_a_length_beside_chunks_ends_the_connection(server: Server) -> None:
    """Who reads by its length, and who by its chunks, disagree where the next request begins: so there is none."""
    counted = HEAD + "Content-Length: 5\r\n\r\na=b&c"
    chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    both = HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert said(server, counted + NEXT) == [400, 404]  # a form without a token, and the next request
    assert said(server, chunked + NEXT)[0] == 411
    assert said(server, both + NEXT) == [411]


def test_lengths_and_encodings_that_contradict_are_refused(server: Server) -> None:
    for lines in (
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "Content-Length: +1\r\n\r\na",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Content-Length : 1\r\n\r\na",
        "X: a\x00b\r\nContent-Length: 0\r\n\r\n",
    ):
        assert said(server, HEAD + lines) == [400], lines


def test_a_trace_is_not_echoed(server: Server) -> None:
    assert said(server, "TRACE / HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\nConnection: close\r\n\r\n") == [405]
