"""Pages of a programme's administrator; the imports below register their views."""

from tracker.pages.programme import people, trail
from tracker.pages.programme.blueprint import programme

__all__ = ["people", "programme", "trail"]
