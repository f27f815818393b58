"""Language: gettext, and dates, times and numbers as people read them, in the language of the request."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_day_names
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.routing import BaseConverter, ValidationError

from tracker.config import Config
from tracker.pages import fragments, languages


def _of_the_page() -> dict[str, str]:
    """What a page says of its language, and which way it is read."""
    locale = get_locale() or Locale(languages.WRITTEN_IN)
    return {"lang": str(locale).replace("_", "-"), "dir": locale.text_direction}


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
    catalog = languages.init(app)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext=lambda text: catalog.get_translations().gettext(text),
        ngettext=lambda one, many, n: catalog.get_translations().ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for name, function in (
        ("day", day),
        ("day_long", day_long),
        ("day_year", day_year),
        ("day_head", day_head),
        ("day_month", day_month),
        ("clock", clock_time),
    ):
        app.add_template_filter(function, name)
    app.context_processor(_of_the_page)
    app.add_template_global(fragments.said)
    app.jinja_env.globals.update(exit_to=config.exit_to, demo=config.demo)


def day(value: date) -> str:
    """*Tue 24 Nov*, never on two lines: what is left of it at the end of one is a day that nobody meant."""
    return _whole(value, "EEE d MMM", get_locale())


def day_year(value: date) -> str:
    """*Tue 24 Nov 2026*: on paper, which outlasts its year."""
    return _whole(value, "EEE d MMM y", get_locale())


def day_long(value: date) -> str:
    """*Tuesday 24 November*."""
    return _written(value, "EEEE d MMMM", get_locale())


def day_head(value: date) -> str:
    """*Tuesday 24 Nov*: the head of a page on a phone."""
    return _written(value, "EEEE d MMM", get_locale())


def day_month(value: date) -> str:
    """*24 Nov*."""
    return _whole(value, "d MMM", get_locale())


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, locale: Locale | None) -> str:
    """A date in words; kept, for a page writes the same few dates again and again."""
    return format_date(value, pattern, locale=locale)


@lru_cache(maxsize=4096)
def _whole(value: date, pattern: str, locale: Locale | None) -> str:
    return _written(value, pattern, locale).replace(" ", "\N{NO-BREAK SPACE}")


def day_time(moment: datetime, zone: ZoneInfo) -> str:
    """*Mon 14 Dec, 14:00*, on the clocks of `zone`."""
    local = moment.astimezone(zone)
    return _("%(day)s, %(time)s", day=day(local.date()), time=clock_time(local))


def weekdays() -> list[tuple[str, str]]:
    """The days of the week from Monday: the short name, which stands by itself, and the whole one."""
    short, whole = (get_day_names(width, "stand-alone", get_locale()) for width in ("abbreviated", "wide"))
    return [(short[n], whole[n]) for n in range(7)]


def clock_time(value: datetime | time, zone: ZoneInfo | None = None) -> str:
    """The local time of day, *17:30*."""
    if isinstance(value, datetime) and zone is not None:
        value = value.astimezone(zone)
    return f"{value:%H:%M}"
