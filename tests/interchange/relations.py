"""Rules between two places of a trial file, each broken once: a name, the place that is named, what to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

Document = dict[str, Any]
Change = Callable[[Document], object]


def _observation(n: int, **changed: Any) -> Change:
    return lambda document: document["observations"][n].update(changed)


def _answers(n: int, **changed: Any) -> Change:
    return lambda document: document["observations"][n]["answers"].update(changed)


def _nights(**changed: Any) -> Change:
    return lambda document: document["schedule"]["nights"].update(changed)


def _again(**changed: Any) -> Change:
    """The first observation once more, with the same id and other content."""
    return lambda document: document["observations"].append({**document["observations"][0], **changed})


def _without_nights(document: Document) -> None:
    del document["schedule"]["nights"]


def _without_milestones(document: Document) -> None:
    del document["schedule"]["milestones"]


def _in_the_future(document: Document) -> None:
    document["observations"][0] |= {"day": "2026-03-11", "recorded_at": "2026-03-11T21:04:00-04:00"}


def _term(n: int) -> Document:
    return {"key": f"term-{n}", "text": "A term"}


OTHER = "observations[5].id"
RELATIONS: list[tuple[str, str, Change]] = [
    ("one party", "parties", lambda d: d["parties"].pop()),
    ("three parties", "parties", lambda d: d["parties"].append({**d["parties"][0], "key": "C"})),
    ("no party", "parties", lambda d: d["parties"].clear()),
    ("one key for two parties", "parties[1].key", lambda d: d["parties"][1].update(key="A")),
    ("no term", "terms", lambda d: d["terms"].clear()),
    ("six terms", "terms", lambda d: d.update(terms=[_term(n) for n in range(6)])),
    ("one key for two terms", "terms[1].key", lambda d: d["terms"][1].update(key="bedtime")),
    ("both nights with one", "schedule.nights.B", _nights(B="A")),
    ("custom without a string", "schedule.nights.nights_string", _nights(pattern="custom")),
    ("a string without custom", "schedule.nights.nights_string", _nights(nights_string="AB")),
    ("an empty string", "schedule.nights.nights_string", _nights(pattern="custom", nights_string="")),
    ("a long string", "schedule.nights.nights_string", _nights(pattern="custom", nights_string="A" * 29)),
    ("other letters", "schedule.nights.nights_string", _nights(pattern="custom", nights_string="ABC")),
    ("small letters", "schedule.nights.nights_string", _nights(pattern="custom", nights_string="ab")),
    ("a string that is none", "schedule.nights.nights_string", _nights(pattern="custom", nights_string=["A"])),
    ("a day changed twice", "schedule.nights.changes[1].day",
     lambda d: d["schedule"]["nights"]["changes"].append({"day": "2026-03-14", "with": "A"})),
    ("an unknown weekday", "schedule.quiet_hours.monday",
     lambda d: d["schedule"]["quiet_hours"].update(monday=["22:00", "07:00"])),
    ("one key for two milestones", "schedule.milestones[1].key",
     lambda d: d["schedule"]["milestones"].append({**d["schedule"]["milestones"][0]})),
    ("an unknown part", "schedule.holidays", lambda d: d["schedule"].update(holidays=[])),
    ("a shorter trial", "schedule.nights.changes[0].day", lambda d: d.update(days=7)),
    ("a later start", "observations[0].day", lambda d: d.update(starts_on="2026-03-03")),
    ("a day that has not come", "observations[0].day", _in_the_future),
    ("recorded the day before", "observations[0].recorded_at",
     _observation(0, recorded_at="2026-03-02T05:59:00+01:00")),
    ("an unknown term", "observations[0].answers.terms.homework", _answers(0, terms={"homework": "kept"})),
    ("a term of another spelling", "observations[0].answers.terms.Bedtime", _answers(0, terms={"Bedtime": "kept"})),
    ("a handoff's answer in a day", "observations[0].answers.outcome", _answers(0, outcome="late")),
    ("a day's answer in a handoff", "observations[1].answers.child", _answers(1, child=3)),
    ("a level in a moment", "observations[3].answers.level", _answers(3, level=3)),
    ("another kind", "observations[0].answers", _observation(0, kind="noise")),
    ("a handoff without nights", "observations[1].kind", _without_nights),
    ("late and on time", "observations[1].answers.minutes_late", _answers(1, outcome="on_time")),
    ("late and missed", "observations[1].answers.minutes_late", _answers(1, outcome="missed")),
    ("ends as it starts", "observations[2].answers.end", _answers(2, end="2026-03-03T22:10:00-05:00")),
    ("ends earlier, elsewhere", "observations[2].answers.end", _answers(2, end="2026-03-03T22:30:00-04:00")),
    ("24 hours and a second", "observations[2].answers.end", _answers(2, end="2026-03-04T22:10:01-05:00")),
    ("heard the day before", "observations[2].answers.start", _answers(2, start="2026-03-02T23:30:00-05:00")),
    ("heard on its day elsewhere", "observations[2].answers.start", _answers(2, start="2026-03-03T03:30:00+00:00")),
    ("a milestone of no plan", "observations[4].answers.milestone", _without_milestones),
    ("the id of another", OTHER, _again(kind="moment", answers={"at": "2026-03-02T10:00:00-05:00"})),
    ("the same id, another party", OTHER, _again(party="B")),
    ("the same id, another day", OTHER, _again(day="2026-03-03", recorded_at="2026-03-03T21:04:00-05:00")),
    ("the same id, later", OTHER, _again(recorded_at="2026-03-02T21:05:00-05:00")),
    ("the same id, another rating", OTHER, _again(answers={"terms": {"bedtime": "partly"}})),
    ("the same id, another note", OTHER, _again(note="Asleep at nine.")),
    ("the same id, without the note", OTHER, _again(note="")),
    ("the same id, another audience", OTHER, _again(audience="me")),
    ("the same id in capitals", "observations[5].id",
     lambda d: (d["observations"][0].update(id=str(UUID(int=171))),
                d["observations"].append({**d["observations"][1], "id": str(UUID(int=171)).upper()}))),
]  # fmt: skip  # read in rows, as it is laid out
