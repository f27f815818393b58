"""JSON as RFC 8259 says and no more: one text in UTF-8, no key twice, nothing that Python adds. Pure.

NaN and Infinity, which Python's parser takes, come out as numbers that no rule of a file accepts.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from tracker.plans.entry import Problem
from tracker.plans.values import place

LONGEST_NUMBER = 19  # digits; more are far too large for any rule, and Python refuses to turn thousands into an int
DEEPEST = 100  # no document needs more than 7
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


class _Twice(dict[str, Any]):
    """An object in which some key came more than once."""

    keys_twice: list[str]


def parse(data: str | bytes) -> tuple[Any, list[Problem]]:
    """The value and the problems: what is no JSON gives None and one problem, with line and column. Never raises."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(f"byte {error.start}", "is not UTF-8")]
    twice: list[_Twice] = []
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, twice), parse_int=_whole_number)
    except json.JSONDecodeError as error:
        return None, [Problem(f"line {error.lineno}, column {error.colno}", f"is not JSON: {error.msg}")]
    except RecursionError:
        return None, _too_deep(text)
    if twice and (too_deep := _too_deep(text)):
        return None, too_deep
    return value, _all_twice(value) if twice else []


def _object(pairs: list[tuple[str, Any]], twice: list[_Twice]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    marked = _Twice(plain)
    marked.keys_twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    twice.append(marked)
    return marked


def _whole_number(digits: str) -> int:
    return int(digits) if len(digits) <= LONGEST_NUMBER else int(digits[:LONGEST_NUMBER]) * 10


def _too_deep(text: str) -> list[Problem]:
    """Where JSON, valid as far as it was read, nests deeper than anything that calls itself should follow."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > DEEPEST:
            line = text.count("\n", 0, token.start()) + 1
            column = token.start() - text.rfind("\n", 0, token.start())
            return [Problem(f"line {line}, column {column}", f"is nested deeper than {DEEPEST} levels")]
    return []


def _all_twice(value: Any, at: str = "") -> list[Problem]:
    """Every key that comes twice, with its place. The depth is limited, so this may call itself."""
    found = []
    if isinstance(value, _Twice):
        found += [Problem(place(at, key), "this key comes twice") for key in value.keys_twice]
    if isinstance(value, dict):
        children = [(place(at, key), child) for key, child in value.items()]
    else:
        children = [(place(at, n), child) for n, child in enumerate(value)] if isinstance(value, list) else []
    return found + [problem for where, child in children for problem in _all_twice(child, where)]
