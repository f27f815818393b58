"""Pages of a mediator, laptop first; the imports below register their views."""

from tracker.pages.mediator import caseload, summary
from tracker.pages.mediator.blueprint import mediator

__all__ = ["caseload", "mediator", "summary"]
