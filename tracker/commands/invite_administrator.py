"""`tracker invite-administrator`: the first step of an installation."""

from __future__ import annotations

import click
from flask import current_app

from tracker import clock, lengths
from tracker.commands.common import refuse, with_database
from tracker.config import Config
from tracker.errors import Refused
from tracker.people import administrators
from tracker.plans.entry import Problem
from tracker.plans.values import is_text, shown
from tracker.plans.zones import is_zone


@click.command("invite-administrator", short_help="Let somebody administer a programme.")
@click.argument("email")
@click.option("--programme", metavar="NAME", required=True, help="Which programme; it is made if there is none yet.")
@click.option("--country", metavar="CODE", default="US", show_default=True, help="Of a new one: two letters, ISO 3166.")
@click.option("--timezone", metavar="ZONE", default="UTC", show_default=True, help="Of a new one: as Europe/Paris.")
@with_database
def invite_administrator(email: str, programme: str, country: str, timezone: str) -> None:
    """Let the person with the address EMAIL administer a programme.

    They sign in with a code that is sent to this address, and can invite mediators. Twice is the same as once.
    """
    problems = _problems(programme, country, timezone)
    if problems:
        refuse(problems)
    try:
        of, person = administrators.invite(programme, email, clock.now(), country=country, timezone=timezone)
    except Refused:
        refuse([Problem("EMAIL", f"{shown(email)} is not an address")])
    config: Config = current_app.extensions["config"]
    click.echo(f"{person.email} administers {of.name} and can sign in at {config.base_url}/sign-in")


def _problems(programme: str, country: str, timezone: str) -> list[Problem]:
    problems = []
    if not (is_text(programme) and programme.isprintable() and 1 <= len(programme.strip()) <= lengths.NAME):
        problems.append(Problem("--programme", f"{shown(programme)} is not a name of 1 to {lengths.NAME} characters"))
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        problems.append(Problem("--country", f"{shown(country)} is not a code like US"))
    if not is_zone(timezone):
        problems.append(Problem("--timezone", f"{shown(timezone)} is not a time zone"))
    return problems
