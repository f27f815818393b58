"""`tracker reset-second-step`: for an administrator who has lost passkey, app and recovery codes."""

from __future__ import annotations

import click

from tracker import clock
from tracker.commands.common import refuse, with_database
from tracker.people import devices, persons, second_step
from tracker.plans.entry import Problem
from tracker.plans.values import shown


@click.command("reset-second-step", short_help="Forget a person's second step.")
@click.argument("email")
@with_database
def reset_second_step(email: str) -> None:
    """Let the person with the address EMAIL set up a new second step at their next sign-in; end their sign-ins.

    Make sure that it is this person who asks. Mediators are helped by their programme's administrator in the app.
    """
    person = persons.by_email(email)
    if person is None:
        refuse([Problem("EMAIL", f"{shown(email)} is nobody's address here")])
    second_step.forget_all(person.id)
    devices.end_all(person.id, clock.now())
    click.echo(f"{person.email} sets up a new second step at the next sign-in")
