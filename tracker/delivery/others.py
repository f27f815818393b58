"""Whatever else apprise can send with: a text to a number, by the service that the installation's `SMS_URL` names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from tracker.config import Config
from tracker.delivery.notice import Send
from tracker.delivery.outcome import Permanent, Temporary

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")  # E.164
_BETWEEN = re.compile(r"[\s().\-/\u00a0]")


def number(typed: str) -> str | None:
    """A phone number as it is kept, *+15550100*: with its country's code, or None."""
    bare = _BETWEEN.sub("", typed)
    bare = "+" + bare.removeprefix("00") if bare.startswith("00") else bare
    return bare if _NUMBER.fullmatch(bare) else None


@contextmanager
def opened(config: Config) -> Iterator[Send]:
    """Send several notices: each is its text with its address."""
    yield lambda notice, to: send(to, f"{notice.short} {notice.url}".strip(), config)


def send(to: str, text: str, config: Config) -> None:
    """Send `text` to a number. Raises `Temporary` or `Permanent`.

    apprise says no more than that it went or did not go: what did not go is worth another try.
    """
    import apprise

    if not config.sms_url or number(to) is None:
        raise Permanent("no service for this number")
    # Its own name, and addresses of its own, would otherwise go along.
    asset = apprise.AppriseAsset(app_id="", app_desc="", app_url="", secure_logging=True, async_mode=False)
    service = apprise.Apprise(asset=asset)
    if not service.add(config.sms_url.replace("{number}", quote(to, safe=""))):
        raise Permanent("SMS_URL names no service that is known")
    if not service.notify(body=text, title="", body_format=apprise.NotifyFormat.TEXT):
        raise Temporary("the service did not take it")
