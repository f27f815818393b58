"""What a device asks for; the imports below register their views."""

from tracker.pages.device import calendar_feed, leave, push
from tracker.pages.device.blueprint import device

__all__ = ["calendar_feed", "device", "leave", "push"]
