"""One answer of the server, and what must be true of every page."""

from __future__ import annotations

import re
from collections import Counter
from typing import cast
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from lxml.html import HTMLParser, document_fromstring, fragment_fromstring
from werkzeug.test import TestResponse

FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|(?:non-)?complian\w*|streak\w*|winner\w*|no-show\w*|disputed? entr\w*|score\w*"
    r"|custodial|complainant\w*|offender\w*)\b",
    re.IGNORECASE,
)
VOID_LABELS = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """A fetched page. `text` is what a person reads, white space folded."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.url = response.request.path
        self.location = response.headers.get("Location") or response.headers.get("HX-Location") or ""
        self.is_html = (response.mimetype or "") == "text/html"
        self.html = response.get_data(as_text=True) if self.is_html else ""
        self.fragment = not self.html.lstrip().lower().startswith("<!doctype")
        self.tree = _tree(self.html, fragment=self.fragment)
        self.elements = list(self.tree.iter())  # kept, for lxml makes each anew whenever nobody holds it
        for area in self.all("textarea"):
            area.text = (area.text or "").removeprefix("\n")  # the first line break belongs to the markup
        self.text = " ".join("".join(_text(self.tree)).split())

    def all(self, tag: str) -> list[Element]:
        """Every element of this name."""
        return [element for element in self.elements if element.tag == tag]

    def has(self, words: str) -> bool:
        """Whether a person reads these words on the page."""
        return words in self.text

    def focus(self) -> list[str]:
        """The ids of what takes the focus as soon as the page is there: with scripts and without the same."""
        found = [e.get("id", "") for e in self.elements if e.get("autofocus") is not None]
        assert found == [e.get("id", "") for e in self.elements if e.get("data-focus") is not None]
        return found

    def asks(self, action: str) -> str:
        """What has to be opened before the form whose action ends so can be sent, with all that it says."""
        for details in self.all("details"):
            forms = [
                e for e in details.iter() if e.tag == "form" and urlsplit(e.get("action", "")).path.endswith(action)
            ]
            if forms and details.get("open") is None:
                return " ".join("".join(_text(details)).split())
        return ""

    def draws(self, words: str) -> str:
        """The kind of the notice that says this, as its class has it."""
        (kind,) = [
            e.get("class", "")
            for e in self.all("div")
            if words in " ".join("".join(_text(e)).split()) and "notice" in e.get("class", "").split()
        ]
        return kind.removeprefix("notice ")

    def links(self) -> list[str]:
        """Where its links lead."""
        return [a.get("href", "") for a in self.all("a")]

    def form(self, action: str, button: str | None = None) -> tuple[str, dict[str, object]]:
        """The address and the fields of the form whose action ends with `action`, as they stand on the page.

        `button` is the text of the button that is pressed, where its name and value matter.
        """
        for form in self.all("form"):
            target = form.get("action") or self.url
            pressed = [b for b in form.iter() if b.tag == "button" and (button or "") in " ".join(_text(b))]
            if urlsplit(target).path.endswith(action) and (button is None or pressed):
                fields = _fields(form)
                if button is not None and pressed[0].get("name"):
                    fields[str(pressed[0].get("name"))] = pressed[0].get("value", "")
                if button is not None and pressed[0].get("formaction"):
                    target = str(pressed[0].get("formaction"))
                return target, fields
        raise AssertionError(f"{self.url}: no form for {action!r} {button or ''}: {self.text[:500]}")

    def check(self, *, whole: bool) -> None:
        """Everything that is true of every page of the product."""
        where = f"{self.response.request.method} {self.url}"
        if whole:
            assert not self.fragment, f"{where}: a part without its page"
            assert len(self.all("h1")) == 1, f"{where}: {len(self.all('h1'))} h1"
            assert "".join(_text(self.all("title")[0])).strip(), f"{where}: no title"
            assert self.tree.get("lang"), f"{where}: no language"
            self._check_headers(where)
        self._check_markup(where)
        self._check_labels(where)
        found = FORBIDDEN.search(self.text)
        assert found is None, f"{where}: the word {found.group()!r}"

    def _check_markup(self, where: str) -> None:
        errors = [] if self.fragment else _invalid(self.html)
        assert not errors, f"{where}: not valid HTML: {errors[:3]}"
        ids = Counter(element.get("id") for element in self.elements if element.get("id"))
        assert max(ids.values(), default=1) == 1, f"{where}: an id twice: {[i for i, n in ids.items() if n > 1]}"
        for element in self.elements:
            bad = [name for name in element.attrib if name == "style" or name.startswith("on")]
            assert not bad, f"{where}: <{element.tag} {bad[0]}=…>"
        for script in self.all("script"):
            nonce = script.get("nonce")
            policy = self.response.headers["Content-Security-Policy"]
            assert nonce, f"{where}: a script without a nonce"
            assert f"'nonce-{nonce}'" in policy, f"{where}: a script with another nonce"

    def _check_headers(self, where: str) -> None:
        policy = self.response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, f"{where}: {policy}"
        assert self.response.headers["Cache-Control"] == "no-store", f"{where}: may be cached"
        assert self.response.headers["X-Content-Type-Options"] == "nosniff"
        for element in self.elements:
            source = element.get("src") or (element.get("href") if element.tag == "link" else None)
            assert not source or source.startswith(("/", "data:")), f"{where}: loads {source}"

    def _check_labels(self, where: str) -> None:
        labelled = {label.get("for") for label in self.all("label")}
        inside = {id(e) for label in self.all("label") for e in label.iter()}
        for element in self.elements:
            if element.tag not in ("input", "select", "textarea") or element.get("type") in VOID_LABELS:
                continue
            named = element.get("id") in labelled or element.get("aria-label") or element.get("aria-labelledby")
            assert named or id(element) in inside, f"{where}: no label for {element.get('name')}"


_PARSER = HTMLParser(encoding="utf-8", remove_comments=True)
_VALID: set[int] = set()


def _tree(html: str, *, fragment: bool) -> Element:
    if fragment:
        tree = fragment_fromstring(html or " ", create_parent="div", parser=HTMLParser(remove_comments=True))
    else:
        tree = document_fromstring(html.encode(), parser=_PARSER)
    return cast(Element, tree)


def _invalid(html: str) -> list[tuple[str, str]]:
    """What a strict reader finds. It is slow, and finds the same in pages that differ in their words alone."""
    shape = hash(tuple(re.findall(r"</?[a-z0-9-]+|[ \n][a-z-]+=", html)))
    if shape in _VALID:
        return []
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    lines = html.splitlines()
    errors = [
        (code, lines[min(row, len(lines)) - 1][max(0, column - 80) : column + 20])
        for (row, column), code, _values in parser.errors
    ]
    if not errors:
        _VALID.add(shape)
    return errors


def _text(element: Element) -> list[str]:
    if element.tag in ("script", "style", "template"):
        return [element.tail or ""]
    parts = [element.text or ""]
    for child in element:
        parts.extend(_text(child))
        parts.append(child.tail or "")
        if child.tag in (
            "p",
            "div",
            "li",
            "td",
            "th",
            "h1",
            "h2",
            "h3",
            "label",
            "legend",
            "dt",
            "dd",
            "button",
            "option",
        ):
            parts.append(" ")
    return parts


def _fields(form: Element) -> dict[str, object]:
    fields: dict[str, object] = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type", "text")
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "textarea":
            fields[name] = element.text or ""
        elif element.tag == "select":
            options = [o for o in element.iter() if o.tag == "option"]
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            fields[name] = chosen[0].get("value", chosen[0].text or "") if chosen else ""
        elif element.tag == "input" and (
            kind not in ("radio", "checkbox", "submit") or element.get("checked") is not None
        ):
            fields[name] = element.get("value", "on" if kind == "checkbox" else "")
    return fields
