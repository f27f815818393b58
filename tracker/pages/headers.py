"""What every answer carries: a content security policy with a nonce, no referrer, no framing, no cache.

Trusted types: a page's scripts may turn text into markup by the one policy that htmx parses answers with, and name a
worker by the other; see `static/js/trusted.js`, `static/js/worker-url.js`. Nothing else can, not even by mistake.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, g, session
from werkzeug.wrappers import Response

from tracker.config import Config

OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip  # read in rows, as it is laid out
OURS = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")  # no frame of another site's
PERMISSIONS = ", ".join([*(f"{name}=()" for name in OFF), *(f"{name}=(self)" for name in OURS)])
VARY = "HX-Request, HX-Request-Type"
FIXED = {
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "no-referrer",  # not even to ourselves: the CSRF check reads Sec-Fetch-Site instead
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def csp_nonce() -> str:
    """This request's nonce, made when first asked for: the CSRF check may answer before any page code runs."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def init(app: Flask, config: Config) -> None:
    """Add the headers to every answer."""
    app.add_template_global(csp_nonce)

    # Browsers hold form-action against a form's redirect too: without this, Exit would stay here where scripts are off.
    neutral = "{0.scheme}://{0.netloc}".format(urlsplit(config.exit_to))

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = _policy(g.get("csp_nonce"), neutral)
        headers.extend(FIXED)
        if config.secure:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        headers.setdefault("Cache-Control", "no-store")
        headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), "Cookie" * session.accessed, VARY)))
        return response


def _policy(nonce: str | None, exit_to: str) -> str:
    script = f"'nonce-{nonce}'" if nonce else "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
        f"form-action 'self' {exit_to}; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types htmx worker"
    )
