"""In which language something is said: a page in its reader's, a message in its receiver's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale, refresh
from flask_babel import gettext as _
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from tracker.config import ROOT

TRANSLATIONS = ROOT / "translations"  # a folder for each language, as `make messages` makes them
WRITTEN_IN = "en"


class _Catalog(Domain):
    """The translations of a request, looked up once: a page asks for them two hundred times. Each language's are read
    once."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # without types
        self._known: dict[Locale | None, Any] = {}

    def get_translations(self) -> Any:
        locale = get_locale()
        found = self._known.get(locale)
        if found is None:
            found = super().get_translations()  # type: ignore[no-untyped-call]  # without types
            self._known[locale] = found
        return found


def init(app: Flask) -> _Catalog:
    """Find the languages that there are, and the catalogue of each when it is first asked for."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.extensions["languages"] = found()
    babel = Babel(app, locale_selector=_locale)  # type: ignore[no-untyped-call]  # its class says nothing of types
    catalog = babel.domain_instance = _Catalog()
    return catalog


def found() -> tuple[str, ...]:
    """The languages that there are: the one in which the words are written, and each that has a catalogue."""
    return (WRITTEN_IN, *sorted(path.parts[-3] for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")))


def known() -> tuple[str, ...]:
    """What was `found` at the start."""
    languages: tuple[str, ...] = current_app.extensions["languages"]
    return languages


def named() -> list[tuple[str, str]]:
    """Each of them with its name in itself, for who does not read the one that is on the page."""
    names = [(one, Locale.parse(one).get_display_name(one) or one) for one in known()]
    return [(one, name[:1].upper() + name[1:]) for one, name in names]


def rows() -> list[dict[str, str]]:
    """Where to choose another, as the only row of a list; no row where there is but one language."""
    if len(known()) < 2:
        return []
    now = dict(named())[str(get_locale())]
    return [{"text": _("Language"), "sub": now, "href": "/language", "icon": "languages"}]


def read_in(language: str | None) -> None:
    """Whoever asks has chosen this language, or none yet."""
    g.language = language if language in known() else None
    refresh()  # type: ignore[no-untyped-call]  # without types


def spoken() -> str:
    """The language of this request, to be kept for whoever signs in; none where there is but one."""
    return str(get_locale()) if len(known()) > 1 else ""


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """What is said within is in this language: its receiver's own, or the first one where that is not known."""
    with force_locale(language if language in known() else known()[0]):
        yield


def _locale() -> Locale:
    """What the person chose; else what the browser asks for; the first language for what no request asked for."""
    if chosen := g.get("language"):
        return Locale.parse(chosen)
    return _best(request.headers.get("Accept-Language", "") if has_request_context() else "", known())


@lru_cache(maxsize=256)
def _best(wanted: str, known: tuple[str, ...]) -> Locale:
    return Locale.parse(parse_accept_header(wanted, LanguageAccept).best_match(known, known[0]))
