"""Pages of a mediator, laptop first; the imports below register their views."""

from tracker.pages.mediator import caseload, invitations, lifecycle, plan, return_sessions, setup, summary, trial
from tracker.pages.mediator.blueprint import mediator

__all__ = ["caseload", "invitations", "lifecycle", "mediator", "plan", "return_sessions", "setup", "summary", "trial"]
