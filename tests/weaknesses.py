"""Known weaknesses of the locked packages: asks the registries once a day, and not again while the locks are the same.

A registry that does not answer is no mistake of ours: it is said, and the check goes on. A weakness stops it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / ".venv" / "weaknesses-asked"
PATIENCE = 20  # seconds for each registry


def main() -> None:
    """Ask both; end with status 1 if there is a weakness."""
    mark = f"{datetime.now(UTC):%Y-%m-%d} {_locks()}"
    if STAMP.is_file() and STAMP.read_text() == mark:
        return
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(one) for one in (_python, _front_end)]
    found = [line for one in asked for line in one.result()]
    for line in found:
        print(line, file=sys.stderr)
    if found:
        sys.exit(1)
    STAMP.write_text(mark)


def _locks() -> str:
    names = ("requirements.lock", "package-lock.json")
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def _python() -> list[str]:
    command = [
        "pip-audit",
        "-r",
        "requirements.lock",
        "--disable-pip",
        "--no-deps",
        "--progress-spinner",
        "off",
        "-f",
        "json",
    ]
    answer = _ask("PyPI", command)
    packages = [one for one in answer.get("dependencies", []) if "vulns" in one]
    if not packages:
        print("· PyPI says nothing of weaknesses here: not asked")
    return [
        f"{one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'no version yet'}"
        for one in packages
        for weak in one["vulns"]
    ]


def _front_end() -> list[str]:
    answer = _ask("npm", ["npm", "audit", "--json"])
    if "vulnerabilities" not in answer:
        print("· npm says nothing of weaknesses here: not asked")
    return [f"{name}: {one['severity']}" for name, one in answer.get("vulnerabilities", {}).items()]


def _ask(registry: str, command: list[str]) -> dict[str, Any]:
    """The JSON that the program prints, or nothing where its registry does not answer."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
        answer = json.loads(done.stdout or "{}")
    except (OSError, subprocess.TimeoutExpired, ValueError):
        print(f"· {registry} does not answer: not asked for weaknesses")
        return {}
    return answer if isinstance(answer, dict) else {}


if __name__ == "__main__":
    main()
