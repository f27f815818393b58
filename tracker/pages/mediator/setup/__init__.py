"""A new trial in five steps: people, template, terms, schedule, check-ins and sharing. All is kept as typed."""

from tracker.pages.mediator.setup import views

__all__ = ["views"]
