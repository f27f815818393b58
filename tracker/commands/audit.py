"""`tracker audit`: whether the audit trail is whole."""

from __future__ import annotations

import re

import click

from tracker.audit import chain
from tracker.audit.chain import Head
from tracker.commands.common import refuse, with_database
from tracker.plans.values import shown

_HEAD = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


@click.group(short_help="Look after the audit trail.")
def audit() -> None:
    """Look after the audit trail: who read, exported, released, permitted or deleted what, and when."""


@audit.command(short_help="Check that no entry was changed or left out.")
@click.option("--head", "heads", metavar="HEAD", multiple=True, help="A head that an earlier check printed.")
@with_database
def verify(heads: tuple[str, ...]) -> None:
    """Check that no entry of the audit trail was changed or left out, and print its head.

    Whoever can write to the database could make the whole trail anew. So note the head somewhere else, and give it with
    --head later: it must still be in the trail.
    """
    noted = [_head(text) for text in heads]
    head, problems = chain.verify(noted)
    if problems:
        refuse(f"the audit trail is broken: {problem}" for problem in problems)
    click.echo(f"The audit trail is whole: {head.number} entries. Its head is {head}")


def _head(text: str) -> Head:
    found = _HEAD.fullmatch(text)
    if found is None:
        refuse([f"--head: {shown(text)} is not a number, a colon and 64 hexadecimal digits"])
    return Head(int(found[1]), found[2])
