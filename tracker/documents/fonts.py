"""The fonts of printed documents, and which characters they have.

They come with two packages of fonts (Noto Sans under the SIL Open Font License) and cover Latin, Cyrillic, Greek,
Arabic, Hebrew, Devanagari and a dozen more scripts, Chinese, Japanese, Korean, and emoji in black and white. The fonts
of the machine are never used: a document looks the same wherever it is made.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")

_loading = threading.Lock()


def fonts() -> typst.Fonts:
    """Every bundled font, read once in a process."""
    with _loading:
        return _fonts()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(_folders()))


def _folders() -> list[Path]:
    return [Path(str(files(package))) for package in PACKAGES]


def can_be_set(letter: str) -> bool:
    """Whether a character has a drawing in some font, or needs none: spaces, line breaks, joiners, directions."""
    if letter in "\n\t" or unicodedata.category(letter) in ("Cf", "Zl", "Zp", "Zs"):
        return True
    if unicodedata.category(letter) in ("Cc", "Cs"):
        return False
    return ord(letter) in _covered() or "VARIATION SELECTOR" in unicodedata.name(letter, "")


def _covered() -> frozenset[int]:
    with _loading:
        return _read_coverage()


@cache
def _read_coverage() -> frozenset[int]:
    """The code points of every font; takes a moment, so only once something unusual is to be set."""
    from fontTools.ttLib import TTCollection, TTFont

    covered: set[int] = set()
    for folder in _folders():
        for path in sorted(folder.glob("*.[to]t[fc]")):
            # The faces of a collection share their characters; what differs is how they are drawn.
            faces = TTCollection(path, lazy=True).fonts[:1] if path.suffix == ".ttc" else [TTFont(path, lazy=True)]
            for face in faces:
                covered.update(face.getBestCmap())
                face.close()
    return frozenset(covered)
