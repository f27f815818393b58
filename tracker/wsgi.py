"""The application for a WSGI server: `tracker.wsgi:app`. `tracker serve` starts one, with all checked beforehand.

Whoever imports it does what the first visitor would otherwise wait for: the server does so once, before it forks.
"""

from __future__ import annotations

import gc

from flask import Flask

from tracker import create_app
from tracker.plans.catalogue import templates


def warm(app: Flask) -> None:
    """Read what is read once: the catalogue, every page's template, the first words of a language, a connection."""
    templates()
    for name in app.jinja_env.list_templates(extensions=["html", "txt"]):
        app.jinja_env.get_template(name)
    client = app.test_client()
    for path in ("/healthz", "/", "/sign-in"):
        client.get(path, base_url=app.extensions["config"].base_url)


app = create_app()
warm(app)
gc.collect()
gc.freeze()  # what lives as long as the process need not be looked through again and again
gc.set_threshold(50_000, 20, 50)
