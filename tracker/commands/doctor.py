"""`tracker doctor`: what is wrong with an installation."""

from __future__ import annotations

import click

from tracker import clock
from tracker.commands.common import application


@click.command(short_help="Say what is wrong with this installation.")
def doctor() -> None:
    """Look at everything that an installation needs, and say what is wrong. Changes nothing.

    `wrong` has to be mended, `look` works and may not be what you mean. Ends with status 1 if anything is wrong.
    """
    from tracker.commands.migrate import is_current
    from tracker.keeping.doctor import Grade, examine

    with application().app_context() as context:
        config = context.app.extensions["config"]
        found = list(examine(config, is_current, clock.now()))
    for one in found:
        click.echo(f"{one.grade:5}  {one.about}: {one.text}")
    wrong = sum(one.grade is Grade.WRONG for one in found)
    click.echo(f"\n{wrong} wrong." if wrong else "\nNothing is wrong.")
    if wrong:
        raise click.exceptions.Exit(1)
