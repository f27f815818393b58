"""What people type can be printed in their own script, says nothing to the typesetter, and is never left out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import NOW
from tests.documents.reading import pdf_text
from tracker.documents import typeset
from tracker.documents.fonts import can_be_set

SCRIPTS = {
    "Latin": "Zürich, français, Łódź, Đặng", "Cyrillic": "Школьные недели", "Greek": "Εβδομάδες σχολείου",
    "Chinese": "上学的日子", "Japanese": "学校のひらがな", "Korean": "학교 주간", "emoji": "🙂",
}  # fmt: skip  # read in rows, as it is laid out
JOINED = {"Arabic": "أسابيع المدرسة", "Hebrew": "שבועות בית ספר", "Devanagari": "स्कूल के हफ़्ते", "Thai": "โรงเรียน"}


def letter(*paragraphs: str, name: str = "Somebody") -> dict[str, Any]:
    """A letter that says this."""
    return {
        "lang": "en", "dir": "ltr", "paper": "a4", "title": "A letter", "header": "", "footer": "", "page": "",
        "unset-lead": "Could not be printed:", "from": "Us", "dated": "", "paragraphs": list(paragraphs),
        "signed": name,
    }  # fmt: skip  # read in rows, as it is laid out


def printed(*paragraphs: str) -> str:
    return pdf_text(typeset.pdf("letter", letter(*paragraphs), NOW))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_printed(script: str) -> None:
    assert SCRIPTS[script] in printed(SCRIPTS[script])


@pytest.mark.parametrize("script", JOINED)
def test_a_script_whose_letters_join_is_printed(script: str) -> None:
    """Its letters come back in the order and shape in which they were drawn; what matters is that all were drawn."""
    body = typeset.pdf("letter", letter(JOINED[script]), NOW)
    page: Any = PdfReader(io.BytesIO(body)).pages[0]
    fonts = {str(font["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any(f"NotoSans{script}" in font for font in fonts), fonts
    assert "Could not be printed" not in pdf_text(body)


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(typeset.pdf("letter", letter("Hello"), NOW)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "A letter"
    assert reader.metadata.author is None


def test_what_no_font_has_is_written_as_its_number_and_named() -> None:
    text = printed("Signed ᚠ here\x07, \ud800 and 𓂀")
    assert "Signed [U+16A0] here[U+0007], [U+D800] and [U+13080]" in text
    assert "Could not be printed:" in text
    assert "[U+16A0] runic letter fehu feoh fe f" in text
    assert "[U+13080] egyptian hieroglyph d010" in text


def test_letters_that_are_refused_only_together_are_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the typesetter find something that the fonts' own tables did not tell."""
    monkeypatch.setattr(typeset, "can_be_set", lambda _letter: True)
    text = printed("First ᚠ, then ᚢ, then ᚠ.")
    assert "First [U+16A0], then [U+16A2], then [U+16A0]." in text


def test_a_thousand_strange_letters_do_not_keep_anybody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(letter: str) -> bool:
        asked.append(letter)
        return can_be_set(letter)

    monkeypatch.setattr(typeset, "can_be_set", noted)
    runs = "".join(chr(n) for n in range(0x13000, 0x13400))
    assert "[U+133FF]" in printed(runs)
    assert len(asked) <= len(runs) + 1


@pytest.mark.parametrize(
    "typed", ["#panic()", "= Title", "*bold* _it_ `raw` $x$", '#import "x"', "\\ \" ' </script>", "[U+0041]", "// c"]
)
def test_what_looks_like_markup_is_only_text(typed: str) -> None:
    assert typed in printed(typed)


def test_line_breaks_are_kept() -> None:
    reader = PdfReader(io.BytesIO(typeset.pdf("letter", letter("one\r\ntwo\nthree"), NOW)))
    assert "one\ntwo\nthree" in reader.pages[0].extract_text().replace(" \n", "\n")


def test_the_same_letter_is_the_same_bytes() -> None:
    assert typeset.pdf("letter", letter("Hello"), NOW) == typeset.pdf("letter", letter("Hello"), NOW)
