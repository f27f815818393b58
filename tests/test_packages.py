"""What is installed is what was locked: a version and its hash for each package, and no address to fetch it from."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tracker.config import ROOT


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-node.lock"])
def test_every_python_package_is_locked_with_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block and not block.startswith("#")]
    assert blocks
    assert not [block.split()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block]
    assert "://" not in text


def test_every_front_end_package_is_locked_with_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: about for name, about in packages.items() if name}
    assert installed
    assert not [name for name, about in installed.items() if not about.get("integrity", "").startswith("sha512-")]
    assert not [name for name, about in installed.items() if "://" in about.get("resolved", "")]


def test_the_readme_counts_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = re.findall(r"^\S+==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    front = json.loads((ROOT / "package.json").read_text())["dependencies"]
    said = " ".join((ROOT / "README.md").read_text().split())
    named, dev = len(project["dependencies"]), len(project["optional-dependencies"]["dev"])
    assert f"{named} Python packages that the server needs by name, {dev} for development, {len(locked)} locked" in said
    assert f"the browser gets {('none', 'one', 'two', 'three')[len(front)]} (" in said
