"""Pages of a party, phone first; the imports below register their views."""

from tracker.pages.party.blueprint import party

__all__ = ["party"]
