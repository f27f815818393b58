"""The pages, by who reads them. `init` is the list of what the web part consists of."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

from tracker.config import Config
from tracker.pages import (
    access,
    assets,
    compiled,
    csrf,
    headers,
    limits,
    longest,
    plain_input,
    proxy,
    security_log,
    signed_in,
    signing,
    texts,
    trail,
)
from tracker.pages.device import device, key, leave
from tracker.pages.front import errors, front
from tracker.pages.guest import guest
from tracker.pages.mediator import mediator
from tracker.pages.party import party
from tracker.pages.programme import programme


def init(app: Flask, config: Config) -> None:
    """Add everything that people meet; refuse to start while a route has no audience."""
    app.url_map.converters["day"] = texts.DayConverter
    compiled.init(app)
    proxy.init(app, config)
    headers.init(app, config)
    signing.init(app)
    signed_in.init(app)
    leave.init(app)
    security_log.init(app)
    plain_input.init(app)
    trail.init(app)
    csrf.init(app)
    limits.init(app)
    app.config["COMPRESS_ALGORITHM"] = ["br", "zstd", "gzip"]  # the smallest first: by zstd a page is 8 % larger
    Compress(app)
    texts.init(app, config)
    longest.init(app)
    assets.init(app)
    key.init(app)
    errors.init(app)
    for blueprint in (front, party, mediator, programme, guest, device):
        app.register_blueprint(blueprint)
    access.init(app)
