"""Pages before and around sign-in; the imports below register their views."""

from tracker.pages.front import addresses, demo, errors, home, invitations, joining, sign_in, sign_out, welcome
from tracker.pages.front.blueprint import front

__all__ = ["addresses", "demo", "errors", "front", "home", "invitations", "joining", "sign_in", "sign_out", "welcome"]
