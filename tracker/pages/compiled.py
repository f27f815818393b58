"""Templates as they were compiled before, kept beside the program as Python keeps its own modules.

A server that starts again is ready in half the time. A template that has changed since is compiled anew.
"""

from __future__ import annotations

import os
from contextlib import suppress

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from tracker.config import ROOT


class Beside(FileSystemBytecodeCache):
    """In a folder of the program. A full disk costs the time, never the page."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def init(app: Flask) -> None:
    """Keep them, unless the program's folder is read-only. To be called before anything else asks for a template."""
    folder = ROOT / "build" / "templates"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            app.jinja_options = app.jinja_options | {"bytecode_cache": Beside(str(folder))}
