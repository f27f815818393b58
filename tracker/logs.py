"""The log: one JSON object a line, on standard error, where a service manager takes it up.

It says when, what, where and who by id, and holds no text of anybody: no form, no address of a page (some carry a
secret), and of an error its kind and its places, not its words (which quote values).
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType

from tracker.config import ROOT

SECURITY = "tracker.security"
Raised = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


def init() -> None:
    """Write every record so, in this process. Once is enough; again changes nothing."""
    root = logging.getLogger()
    if not any(isinstance(handler, _ToStandardError) for handler in root.handlers):
        handler = _ToStandardError()
        handler.setFormatter(Lines())
        root.addHandler(handler)
    logging.getLogger(SECURITY).setLevel(logging.INFO)


class Lines(logging.Formatter):
    """A record as one line of JSON. Line ends and other control characters in a value come out escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            said |= _error(record.exc_info)
        return json.dumps(said, ensure_ascii=True, default=str)


def _error(raised: Raised) -> dict[str, object]:
    """Which kinds of error led to it, the last one first, and the calls that led to that one."""
    kinds: list[str] = []
    error = raised[1]
    while error is not None and len(kinds) < 10:
        kinds.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    places = [f"{_short(call.filename)}:{call.lineno} {call.name}" for call in extract_tb(raised[2])]
    return {"error": kinds, "places": places}


def _short(path: str) -> str:
    return path.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


class _ToStandardError(logging.Handler):
    """Whatever standard error is at that moment; a log that cannot be written stops nobody's request."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            return
