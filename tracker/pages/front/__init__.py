"""Pages before and around sign-in; the imports below register their views."""

from tracker.pages.front.blueprint import front

__all__ = ["front"]
