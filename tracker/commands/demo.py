"""`tracker demo`: data to look around in."""

from __future__ import annotations

import click

from tracker import clock
from tracker.commands.common import refuse, with_database
from tracker.demo import people
from tracker.demo.create import create
from tracker.errors import Refused


@click.command(short_help="Make demo data.")
@click.option("--once", is_flag=True, help="Do nothing, instead of refusing, where the demo data is already there.")
@with_database
def demo(once: bool) -> None:
    """Make demo data: two trials under way and two that are over, relative to today.

    With DEMO=1 in its environment the server then has a door at /demo, through which anybody may enter as one of the
    demo's people. Never set it where real data is.
    """
    if not (once and people.exist()):
        make()


def make() -> None:
    """Make the demo data as of now, saying so."""
    try:
        create(clock.now())
    except Refused:
        refuse(["the demo data is already there; for fresh data, choose another DATA folder"])
    click.echo("· Made the demo data: four trials, six people")
