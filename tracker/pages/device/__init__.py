"""What a device asks for; the imports below register their views."""

from tracker.pages.device import leave
from tracker.pages.device.blueprint import device

__all__ = ["device", "leave"]
