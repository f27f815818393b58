"""Pages before and around sign-in; the imports below register their views."""

from tracker.pages.front import (
    addresses,
    authenticator,
    check_ins,
    demo,
    devices,
    errors,
    home,
    invitations,
    joining,
    language,
    mutes,
    passkeys,
    recovery,
    second_step,
    sign_in,
    sign_out,
    welcome,
)
from tracker.pages.front.blueprint import front

__all__ = [
    "addresses",
    "authenticator",
    "check_ins",
    "demo",
    "devices",
    "errors",
    "front",
    "home",
    "invitations",
    "joining",
    "language",
    "mutes",
    "passkeys",
    "recovery",
    "second_step",
    "sign_in",
    "sign_out",
    "welcome",
]
