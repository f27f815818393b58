"""Pages of a programme's administrator; the imports below register their views."""

from tracker.pages.programme import people
from tracker.pages.programme.blueprint import programme

__all__ = ["people", "programme"]
