"""How many characters of a text are kept, where several places must know it: its column, its rule, its field.

What one file alone decides is a constant of that file. Templates read either by name (`pages/longest.py`).
"""

from __future__ import annotations

LANGUAGE = 16  # the name of a language and its region, such as pt_BR (Babel)
KEY = 40  # an identifier of a plan: of a party, a term, a milestone, a template
LABEL = 60  # what a person calls a device or a passkey
NAME = 80  # of a person, a programme, a plan template, whoever answers a call
TITLE = 120  # of a case and of its trials
LINE = 200  # one line of a plan, such as a term, and the place where people meet
EMAIL = 254  # RFC 5321: a path has at most 256 octets, two of them brackets
NOTE = 2000  # of an entry
NOTE_TYPED = 280  # of an entry in the pages' own forms; a trial file may bring longer ones
MESSAGE = 2000  # what a party tells the mediator: another wish for the plan, or that they do not feel safe
CODE = 40  # of a code as somebody types it, with spaces and hyphens; what comes after is not looked at
