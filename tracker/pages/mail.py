"""Emails from templates: `emails/<name>-subject.txt`, `-body.txt` and `-body.html`. Call after commit, never before.

By default a message gives nothing away: no name, no topic, no programme, neither in its sender nor in its subject.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import sleep
from typing import Any

from flask import current_app, render_template

from tracker.config import Config
from tracker.delivery import email
from tracker.delivery.email import Message, NotSent

__all__ = ["NotSent", "compose", "send", "send_later", "settle"]

HEAD_START = 0.05  # seconds: the answer is out before the work begins that only some requests cause

log = logging.getLogger(__name__)
_senders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
_underway: set[Future[None]] = set()


def compose(name: str, to: str, **values: Any) -> Message:
    """The message `name` in the language of this request."""
    subject, text, html = (
        render_template(f"emails/{name}-{part}", **values) for part in ("subject.txt", "body.txt", "body.html")
    )
    return Message(to, _typed(subject).strip(), _typed(text).strip() + "\n", html)


def _typed(text: str) -> str:
    """As somebody would type it: what searches or copies a plain text finds no space that only looks like one."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def send(name: str, to: str, **values: Any) -> None:
    """Send now. Raises `NotSent`: tell the person, and keep what was done."""
    email.send(compose(name, to, **values), _config())


def send_later(message: Message | None) -> None:
    """Send beside the request, so that its answer takes as long whether or not there is anything to send."""
    if message is None:
        return
    future = _senders.submit(_send_or_log, message, _config())
    _underway.add(future)
    future.add_done_callback(_underway.discard)


def settle() -> None:
    """Wait until everything that `send_later` took on has gone."""
    wait(set(_underway))


def _send_or_log(message: Message, config: Config) -> None:
    sleep(HEAD_START)
    try:
        email.send(message, config)
    except NotSent as error:
        log.error("an email was not sent: %s", error)


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
