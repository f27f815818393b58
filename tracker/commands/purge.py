"""`tracker purge`: what the scheduler does each day, by hand."""

from __future__ import annotations

import click

from tracker import clock
from tracker.commands.common import with_database


@click.command(short_help="Announce and delete what has been kept long enough.")
@click.option("--dry-run", is_flag=True, help="Only list the closed cases and when each is deleted.")
@with_database
def purge(dry_run: bool) -> None:
    """Write to the people of closed cases whose time ends within two weeks, and delete what is due; also drafts of
    cases that never came about, once nobody has touched them for as long.

    The scheduler does so by itself. What the programme holds is left as it is; counts without names stay.
    """
    from tracker.keeping import retention
    from tracker.pages.purge_words import tell

    if dry_run:
        for one in retention.closed(clock.now()):
            click.echo(f"{one.case.id}  {'held' if one.held else f'{one.purge_at:%Y-%m-%d}'}")
        return
    done = retention.daily(clock.now(), tell)
    click.echo(f"{done.noticed} announced, {len(done.purged)} deleted, {done.drafts} forgotten drafts.")
