"""What a device asks for; the imports below register their views."""

from tracker.pages.device import app, calendar_feed, key, leave, outbox, push
from tracker.pages.device.blueprint import device

__all__ = ["app", "calendar_feed", "device", "key", "leave", "outbox", "push"]
