"""`tracker import`: load a trial file."""

from __future__ import annotations

import click

from tracker import clock
from tracker.commands.common import refuse, with_database
from tracker.commands.files import read_file
from tracker.db import transaction
from tracker.errors import Refused
from tracker.interchange import load, owner


@click.command("import", short_help="Load a trial file.")
@click.argument("file")
@click.option("--programme", metavar="NAME", help="For which programme; needed only where there are several.")
@click.option("--mediator", metavar="EMAIL", help="Whose case it is; the programme's only mediator if not said.")
@with_database
def import_file(file: str, programme: str | None, mediator: str | None) -> None:
    """Load the trial in FILE (meanwhile.trial/1), all of it or nothing, and print its new id.

    The plan counts as accepted on paper by both parties, who can be invited afterwards. The same file again is
    another trial. A file that breaks a rule is refused with a line for each problem, naming its place.
    """
    now = clock.now()
    trial, problems = read_file(file, now)
    if trial is None:
        refuse(problems)
    try:
        with transaction():
            of = owner.programme(programme, mediator, now)
            stored = load.load(trial, of, owner.mediator(mediator, of), now)
    except Refused as refused:
        refuse(refused.problems)
    click.echo(str(stored.id))
