"""The real program: exit status, standard error, no traceback; a server that starts, refuses and stops as it should."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.interchange.whole import whole
from tests.server import bring_up_to_date, meanwhile, run

pytestmark = pytest.mark.real_time


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database that is up to date."""
    folder = tmp_path_factory.mktemp("data")
    bring_up_to_date({"DATA": str(folder)})
    return folder


def refused(*arguments: str, **environment: str) -> list[str]:
    done = run(*arguments, environment=environment, expect=2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def test_a_trial_goes_in_and_out(data: Path, tmp_path: Path) -> None:
    """Also where the terminal cannot write its letters."""
    document = whole() | {"title": "Zürich 🌙"}
    path = tmp_path / "Zürich 🌙.json"
    path.write_text(json.dumps(document))
    environment = {"DATA": str(data), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    trial = run("import", str(path), environment=environment).stdout.strip()
    exported = json.loads(run("export", trial, environment=environment).stdout)
    assert exported["title"] == "Zürich 🌙"
    assert exported["schedule"] == document["schedule"]


def test_bad_input_is_status_2_and_a_line(data: Path) -> None:
    assert refused("import", "/none", DATA=str(data)) == ["/none: No such file or directory"]


def test_every_wrong_variable_is_named(tmp_path: Path) -> None:
    lines = refused("migrate", DATA=str(tmp_path), PORT="0", DEMO="yes", WORKERS="x")
    assert [line.split(":")[0] for line in lines] == ["PORT", "DEMO", "WORKERS"]


def test_a_database_that_is_behind_is_said_plainly(tmp_path: Path) -> None:
    assert refused("serve", DATA=str(tmp_path)) == ["the database is not up to date; run `tracker migrate` first"]


def test_a_database_that_is_away_is_said_plainly(tmp_path: Path) -> None:
    (line,) = refused("migrate", DATA=str(tmp_path), DATABASE_URL="postgresql://localhost:1/none")
    assert line.startswith("the database does not answer: ")


def test_a_folder_that_cannot_be_used_is_said_plainly() -> None:
    (line,) = refused("migrate", DATA="/dev/null/data")
    assert line.startswith("the data folder cannot be used: ")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_said_plainly(data: Path, taken: int) -> None:
    (line,) = refused("serve", DATA=str(data), PORT=str(taken))
    assert line.startswith(f"127.0.0.1:{taken} cannot be used: ")


def test_it_serves_with_two_processes_and_stops_cleanly(data: Path) -> None:
    server = meanwhile(data, DEMO="1").start()
    with urlopen(f"{server.url}/healthz", timeout=10) as answer:  # our own server
        assert answer.status == 200
    assert server.stop() == 0
    said = server.said()
    assert f"Meanwhile is at {server.url} (2 processes" in said
    assert f"mail is written to {data}/mail" in said
    assert f"{server.url}/demo" in said
    assert said.endswith("Meanwhile has stopped.\n")


def test_it_stops_cleanly_also_while_its_processes_are_still_starting(data: Path) -> None:
    server = meanwhile(data).start(listening=True)
    assert server.stop() == 0
    assert server.said().endswith("Meanwhile has stopped.\n")


def test_it_stops_cleanly_however_often_it_is_told(data: Path) -> None:
    """`make` passes on what its whole group has got already; people press Ctrl-C again."""
    server = meanwhile(data).start()
    for number in (signal.SIGTERM, signal.SIGINT) * 200:
        server.signal(number)
    assert server.stop() == 0
    assert server.said().endswith("Meanwhile has stopped.\n")
