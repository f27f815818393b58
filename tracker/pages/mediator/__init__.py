"""Pages of a mediator, laptop first; the imports below register their views."""

from tracker.pages.mediator import (
    caseload,
    closing,
    comparison,
    documents,
    invitations,
    lifecycle,
    memorandum,
    parties,
    plan,
    preparing,
    return_session,
    return_sessions,
    setup,
    summary,
    summary_day,
    trial,
)
from tracker.pages.mediator.blueprint import mediator

__all__ = [
    "caseload",
    "closing",
    "comparison",
    "documents",
    "invitations",
    "lifecycle",
    "mediator",
    "memorandum",
    "parties",
    "plan",
    "preparing",
    "return_session",
    "return_sessions",
    "setup",
    "summary",
    "summary_day",
    "trial",
]
