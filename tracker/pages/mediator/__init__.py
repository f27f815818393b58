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
    return_sessions,
    setup,
    summary,
    summary_day,
    trial,
    way_back,
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
    "return_sessions",
    "setup",
    "summary",
    "summary_day",
    "trial",
    "way_back",
]
