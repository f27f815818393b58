"""A language is added by the project's own command, and a page then speaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from flask import Flask

from tests.apart import apart
from tests.conftest import configured
from tests.visitor import Visitor
from tracker.config import ROOT
from tracker.pages import texts

SOME = ("templates/front", "templates/emails", "tracker/pages/front", "tracker/plans/catalogue", "tracker/cases")
SAID = {
    "Your email address": "عنوان بريدك الإلكتروني",  # in a template
    "Write an email address, such as name@example.org": "اكتب عنوان بريد، مثل name@example.org",  # in Python
}


def make_messages(tree: Path, *more: str) -> None:
    """The command of the Makefile, in a tree without an environment of its own."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["make", "--silent", "--old-file=.venv/installed", "messages", *more]
    subprocess.run(command, cwd=tree, env=os.environ | {"PATH": path}, check=True, capture_output=True)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the program, with a language of which two sentences are translated."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("Makefile", "babel.cfg"):
        shutil.copy(ROOT / name, tree)
    for name in SOME:
        shutil.copytree(ROOT / name, tree / name)
    make_messages(tree, "ADD=ar")
    file = tree / "translations/ar/LC_MESSAGES/messages.po"
    with file.open("rb") as begun:
        catalogue = read_po(begun, locale="ar")
    for message, translated in SAID.items():
        catalogue[message].string = translated
    with file.open("wb") as written:
        write_po(written, catalogue)
    make_messages(tree)
    return tree


@pytest.fixture
def app(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The program with these languages."""
    monkeypatch.setattr(texts, "TRANSLATIONS", tree / "translations")
    with apart(configured(tmp_path, "sqlite://", limits_storage="memory://")) as app:
        yield app


def test_what_people_read_is_collected(tree: Path) -> None:
    with (tree / "build/messages.pot").open("rb") as file:
        found = read_po(file)
    for text in (*SAID, "You have a reminder.", "Emergency, from most mobile phones", "Four-week parenting plan"):
        assert text in found, text


def test_a_page_speaks_the_language_that_the_browser_asks_for(app: Flask) -> None:
    browser = Visitor(app)
    for wanted, lang, way, label in (
        ("ar-EG,ar;q=0.9,en;q=0.5", "ar", "rtl", SAID["Your email address"]),
        ("fr", "en", "ltr", "Your email address"),
    ):
        page = browser.get("/sign-in", headers={"Accept-Language": wanted})
        assert page.has(label)
        assert (page.tree.get("lang"), page.tree.get("dir")) == (lang, way)
        assert page.has("Send me a code"), "what is not translated stays as it is written"
    page = browser.post("/sign-in", {"email": "nobody"}, 422, headers={"Accept-Language": "ar"})
    assert page.has(SAID["Write an email address, such as name@example.org"])


def test_what_a_browser_keeps_is_kept_for_its_language(app: Flask) -> None:
    assert "Accept-Language" in Visitor(app).client.get("/manifest.webmanifest").headers["Vary"]
