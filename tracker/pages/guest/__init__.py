"""Pages of a guest; the imports below register their views."""

from tracker.pages.guest import documents, shared
from tracker.pages.guest.blueprint import guest

__all__ = ["documents", "guest", "shared"]
