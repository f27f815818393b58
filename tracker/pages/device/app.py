"""What makes a browser's pages an app: its manifest, its worker, the page for what is not at hand, its shortcuts.

None of these tells anything of anybody: names and pictures are neutral, for whoever picks up the phone.
"""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.pages.access import Audience, audience
from tracker.pages.assets import DIST, asset, built
from tracker.pages.device.blueprint import device
from tracker.pages.fragments import go, show
from tracker.trials import find
from tracker.trials.state import State

PAPER = "#f7f4ee"


@device.get("/manifest.webmanifest")
@audience(Audience.ANYONE)
def manifest() -> Response:
    """The app's name, its pictures and its two shortcuts."""
    response = jsonify(
        id="/",
        name=_("Meanwhile"),
        short_name=_("Meanwhile"),
        start_url="/",
        scope="/",
        display="standalone",
        background_color=PAPER,
        theme_color=PAPER,
        icons=[*_icons("any", "icon"), *_icons("maskable", "maskable")],
        shortcuts=[
            {"name": _("Log today"), "url": "/today", "icons": _icons("any", "icon")[:1]},
            {"name": _("Noise now"), "url": "/noise-now", "icons": _icons("any", "icon")[:1]},
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.vary.add("Accept-Language")
    return response


def _icons(purpose: str, name: str) -> list[dict[str, Any]]:
    return [
        {"src": asset(f"{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
    ]


@device.get("/worker.js")
@audience(Audience.ANYONE)
def worker() -> Response:
    """The service worker. Its address stays, its content changes with the app: browsers ask each time."""
    name, encoding = built("manifest.json")["worker.js"], ""
    for ending, coding in ((".br", "br"), (".gz", "gzip")):
        if not encoding and request.accept_encodings[coding] > 0:
            name, encoding = name + ending, coding
    response = Response((DIST / name).read_bytes(), mimetype="text/javascript")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Encoding")
    return response


@device.get("/offline")
@audience(Audience.ANYONE)
def offline() -> tuple[str, int]:
    """What the worker shows in place of a page that it does not have. It is kept on the device, and is nobody's."""
    return show("device/offline.html")


@device.get("/today")
@audience(Audience.SIGNED_IN)
def log_today() -> Response:
    """The shortcut: Today of the trial that runs, or where the start page leads."""
    return go(_today())


@device.get("/noise-now")
@audience(Audience.SIGNED_IN)
def noise_now() -> Response:
    """The shortcut to the button. It is not the tap itself: opening an address notes nothing."""
    return go(_today() + "#noise-now")


def _today() -> str:
    now = clock.now()
    running = [one for one in find.all_of_party(current_user.person.id) if one.state(now) is State.RUNNING]
    return f"/trials/{running[0].trial.id}/today" if len(running) == 1 else "/"
