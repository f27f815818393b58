"""`tracker sign-out`: end the sign-ins of somebody, or of everybody."""

from __future__ import annotations

import click
from sqlalchemy import select

from tracker import clock
from tracker.commands.common import refuse, with_database
from tracker.db import db
from tracker.people import devices, persons
from tracker.people.model import Device, Person


@click.command("sign-out", short_help="End somebody's sign-ins on every device.")
@click.argument("emails", metavar="EMAIL...", nargs=-1)
@click.option("--everybody", is_flag=True, help="All people of this installation.")
@with_database
def sign_out(emails: tuple[str, ...], everybody: bool) -> None:
    """End every sign-in of the people with these addresses, or of everybody.

    For a stolen phone whose owner calls, for somebody who left, for a day on which a backup was lost. What they are
    asked next is their address. Nothing is deleted; entries that wait on a phone stay there.
    """
    if everybody == bool(emails):
        refuse(["name one or more addresses, or --everybody"])
    people = _signed_in() if everybody else _named(emails)
    for person in people:
        devices.end_all(person.id, clock.now())
    click.echo(f"{len(people)} people have to sign in again" if len(people) != 1 else "1 person has to sign in again")


def _signed_in() -> list[Person]:
    open_ones = select(Device.person_id).where(Device.ended_at.is_(None), Device.expires_at > clock.now())
    return list(db.session.scalars(select(Person).where(Person.id.in_(open_ones))))


def _named(emails: tuple[str, ...]) -> list[Person]:
    found = {email: persons.by_email(email.strip().lower()) for email in emails}
    unknown = [email for email, person in found.items() if person is None]
    if unknown:
        refuse([f"nobody has the address {email!r}" for email in unknown])
    return [person for person in found.values() if person is not None]
