"""The application for a WSGI server: `tracker.wsgi:app`. `tracker serve` starts one."""

from __future__ import annotations

from tracker import create_app

app = create_app()
