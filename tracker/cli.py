"""The command line `tracker`: the list of its commands."""

from __future__ import annotations

import click

from tracker.commands.audit import audit
from tracker.commands.backup import backup, restore
from tracker.commands.demo import demo
from tracker.commands.doctor import doctor
from tracker.commands.export import export
from tracker.commands.import_file import import_file
from tracker.commands.invite_administrator import invite_administrator
from tracker.commands.keys import keys
from tracker.commands.migrate import migrate
from tracker.commands.purge import purge
from tracker.commands.reset_second_step import reset_second_step
from tracker.commands.scheduler import scheduler
from tracker.commands.serve import serve
from tracker.commands.sign_out import sign_out
from tracker.commands.summary import summary


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Meanwhile: runs the server and looks after its data.

    The environment configures it: DATA is the data folder, DATABASE_URL the database; the README lists the rest.
    A command that refuses ends with status 2 and says why, a line for each problem.
    """


COMMANDS = (
    serve,
    scheduler,
    migrate,
    demo,
    import_file,
    export,
    summary,
    invite_administrator,
    reset_second_step,
    sign_out,
    audit,
    keys,
    purge,
    backup,
    restore,
    doctor,
)
for command in COMMANDS:
    main.add_command(command)
