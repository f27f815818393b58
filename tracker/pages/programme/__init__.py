"""Pages of a programme's administrator; the imports below register their views."""

from tracker.pages.programme import keeping, people, settings, templates, trail
from tracker.pages.programme.blueprint import programme

__all__ = ["keeping", "people", "programme", "settings", "templates", "trail"]
