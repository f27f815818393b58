"""Pages before and around sign-in; the imports below register their views."""

from tracker.pages.front import (
    addresses,
    check_ins,
    demo,
    errors,
    home,
    invitations,
    joining,
    mutes,
    sign_in,
    sign_out,
    welcome,
)
from tracker.pages.front.blueprint import front

__all__ = [
    "addresses",
    "check_ins",
    "demo",
    "errors",
    "front",
    "home",
    "invitations",
    "joining",
    "mutes",
    "sign_in",
    "sign_out",
    "welcome",
]
