"""Language: gettext, and dates, times and numbers as people read them, in the language of the request."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, request
from flask_babel import Babel, get_locale
from werkzeug.routing import BaseConverter, ValidationError

from tracker.config import ROOT, Config
from tracker.pages import fragments

LANGUAGES = ("en",)


class DayConverter(BaseConverter):
    """A local date in an address: `2026-03-14`. Anything else is not found."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: date) -> str:
        return value.isoformat()


def init(app: Flask, config: Config) -> None:
    """Add the filters `day`, `day_long`, `clock` and what every page may ask for."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    Babel(  # type: ignore[no-untyped-call]  # its class says nothing of types
        app,
        locale_selector=lambda: request.accept_languages.best_match(LANGUAGES, "en"),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for name, function in (
        ("day", day),
        ("day_long", day_long),
        ("day_head", day_head),
        ("day_month", day_month),
        ("clock", clock_time),
    ):
        app.add_template_filter(function, name)
    app.add_template_global(fragments.said)
    app.jinja_env.globals.update(exit_to=config.exit_to, demo=config.demo)


def day(value: date) -> str:
    """*Tue 24 Nov*."""
    return format_date(value, "EEE d MMM", locale=get_locale())


def day_long(value: date) -> str:
    """*Tuesday 24 November*."""
    return format_date(value, "EEEE d MMMM", locale=get_locale())


def day_head(value: date) -> str:
    """*Tuesday 24 Nov*: the head of a page on a phone."""
    return format_date(value, "EEEE d MMM", locale=get_locale())


def day_month(value: date) -> str:
    """*24 Nov*."""
    return format_date(value, "d MMM", locale=get_locale())


def clock_time(value: datetime | time, zone: ZoneInfo | None = None) -> str:
    """The local time of day, *17:30*."""
    if isinstance(value, datetime) and zone is not None:
        value = value.astimezone(zone)
    return f"{value:%H:%M}"
