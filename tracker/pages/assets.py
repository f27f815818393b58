"""Built files: scripts, styles, icons, under names that change with their content, so that a browser keeps them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Blueprint, Flask, abort, request, send_from_directory
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.config import ROOT
from tracker.pages.access import Audience, audience

DIST = ROOT / "static" / "dist"
YEAR = 365 * 24 * 3600

assets = Blueprint("assets", __name__)


@assets.get("/static/<path:name>")
@audience(Audience.ANYONE)
def static(name: str) -> Response:
    """One built file, compressed beforehand where the browser can read that."""
    if name.endswith((".br", ".gz", ".json")) or name.startswith("worker-"):
        abort(404)
    for ending, encoding in ((".br", "br"), (".gz", "gzip")):
        if request.accept_encodings[encoding] > 0 and (DIST / f"{name}{ending}").is_file():
            response = send_from_directory(DIST, f"{name}{ending}", max_age=YEAR)
            response.headers["Content-Encoding"] = encoding
            response.mimetype = (
                "text/css" if name.endswith(".css") else "text/javascript" if name.endswith(".js") else "image/svg+xml"
            )
            break
    else:
        response = send_from_directory(DIST, name, max_age=YEAR)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.vary.add("Accept-Encoding")
    return response


def asset(name: str) -> str:
    """The address of a built file, `app.js` for instance."""
    return f"/static/{built('manifest.json')[name]}"


def icon_svg(name: str) -> Markup:
    """The inner markup of one icon of the set."""
    return Markup(built("icons.json")[name])  # noqa: S704  # from a pinned package, through our build; never from a person


@cache
def built(name: str) -> dict[str, Any]:
    """What the build wrote down: `manifest.json` or `icons.json`."""
    found: dict[str, Any] = json.loads((DIST / name).read_text())
    return found


def init(app: Flask) -> None:
    """Serve the built files and let templates name them."""
    app.register_blueprint(assets)
    app.add_template_global(asset)
    app.add_template_global(icon_svg)
