"""`tracker export`: a stored trial as a file."""

from __future__ import annotations

import click

from tracker import clock
from tracker.audit.record import record
from tracker.commands.common import refuse, with_database
from tracker.commands.files import find_trial, write
from tracker.interchange.dump import dump
from tracker.interchange.write import write_trial


@click.command(short_help="Print a stored trial as a trial file.")
@click.argument("trial")
@with_database
def export(trial: str) -> None:
    """Print the trial file (meanwhile.trial/1) of the trial with the id TRIAL, in canonical order.

    It holds every note, also those that only their author may read in the app: keep the file accordingly.
    """
    here, problems = find_trial(trial)
    if here is None:
        refuse(problems)
    document = write_trial(dump(here))
    record("export", clock.now(), here.whose, what="trial file")
    write(document)
