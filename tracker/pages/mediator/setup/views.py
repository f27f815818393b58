"""The five steps. Each has one address; a button says what to do with what was typed, and all of it is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import transaction
from tracker.errors import Refused
from tracker.pages import fragments
from tracker.pages.access import Audience, audience, here
from tracker.pages.mediator.blueprint import mediator
from tracker.pages.mediator.desk import programme
from tracker.pages.mediator.setup import defaults, merging, typed
from tracker.pages.mediator.setup.chosen import choose, same
from tracker.pages.mediator.setup.finish import finish
from tracker.pages.mediator.setup.problems import problems
from tracker.pages.mediator.setup.screen import names, screen, suggestions
from tracker.pages.rows import Typed
from tracker.plans.catalogue import templates
from tracker.plans.zones import is_zone
from tracker.trials import draft, find
from tracker.trials.model import TrialDraft

Answer = Response | tuple[str, int]


@mediator.get("/caseload/new")
@audience(Audience.MEDIATOR)
def new() -> Answer:
    """The first step of a new trial; nothing is kept before it is sent."""
    return screen(None, "people", {"people": defaults.people(programme().timezone)}, unfinished=_mine())


@mediator.post("/caseload/new")
@audience(Audience.MEDIATOR)
def begin() -> Answer:
    """Keep the first step, and go on to the second."""
    content = {"people": typed.read("people", request.form)}
    wrong = problems(content, clock.local_date(_zone(content))).get("people")
    if wrong:
        return screen(None, "people", content, wrong, 422, unfinished=_mine())
    form = request.form.get("id", type=UUID) or uuid4()
    started = draft.begin_once(form, current_user.person.id, programme().id, content, clock.now())
    return fragments.go(f"/caseload/new/{started.id}/template", replace=True)


@mediator.get("/caseload/new/<uuid:draft_id>/<step>")
@audience(Audience.MEDIATOR)
def step(draft_id: UUID, step: str) -> Answer:
    """One step as it was left; `?look=again` shows what is wrong in it, `?go=` is what takes the focus."""
    found, content = _found(draft_id, step)
    if (needed := _needed(content, step)) != step:
        return fragments.go(f"/caseload/new/{draft_id}/{needed}")
    wrong = problems(content, _today(content)).get(step) if "look" in request.args else None
    return screen(found, step, content, wrong, go_to=request.args.get("go", ""))


@mediator.post("/caseload/new/<uuid:draft_id>/<step>")
@audience(Audience.MEDIATOR)
def keep(draft_id: UUID, step: str) -> Answer:
    """Keep what was typed, and do what the button says."""
    found, content = _found(draft_id, step)
    do = request.form.get("do", "next")
    said = typed.read(step, request.form)
    field = typed.press(step, said, do, suggestions(content))
    with transaction():
        content = draft.hold(found)
        said, newer = _settle(step, said, content)
        draft.save(found, content, clock.now())
    needed = _needed(content, step)
    if do == "save" or (do == "preview" and needed != step):
        return (merging.sentence(), 200) if newer else Response(status=204)
    if needed != step:
        return fragments.go(f"/caseload/new/{draft_id}/{needed}")
    if newer and do != "preview":
        return screen(found, step, content | {step: said}, newer, 422, kept=content[step])
    if do == "next":
        return _next(found, step, content)
    if way := _way(found, step, do):
        return fragments.go(way)
    return _again(found, step, content, newer, field)


@mediator.post("/caseload/new/<uuid:draft_id>/removal")
@audience(Audience.MEDIATOR)
def throw_away(draft_id: UUID) -> Response:
    """Throw a draft away."""
    found, _content = _found(draft_id)
    draft.discard(found.id)
    fragments.say(_("Thrown away."))
    return fragments.go("/caseload")


@mediator.post("/caseload/<uuid:trial>/plan")
@audience(Audience.MEDIATOR)
def revise(trial: object) -> Response:
    """Begin another version of a plan that not everybody has accepted yet."""
    now, found = clock.now(), here()
    if found.case.closed_at is not None:
        fragments.say(_("This case is closed. Open it again first."), done=False)
        return fragments.go(f"/caseload/{found.trial.id}")
    if not found.state(now).waiting:
        fragments.say(_("Both have accepted. A change of terms is a new trial."), done=False)
        return fragments.go(f"/caseload/{found.trial.id}")
    started = draft.begin(current_user.person.id, programme().id, defaults.content_of(found), now, found.trial)
    going_on_with(started, now)
    return fragments.go(f"/caseload/new/{started.id}/terms")


def going_on_with(started: TrialDraft, now: datetime) -> None:
    """Says it where this had been begun before."""
    if started.created_at != now:
        begun = _("You had begun this before: what you typed is still here.")
        fragments.say(f"{begun} {_('To start anew, throw it away in your caseload first.')}")


def _again(found: TrialDraft, step: str, content: dict[str, Any], newer: dict[str, str], field: str = "") -> Answer:
    """The same step, or its calendar alone."""
    if fragments.wants_block():
        calendar = step == "schedule" and request.form.get("do") == "preview"
        return screen(found, step, content, newer, go_to=field, previewing=calendar)
    # A page that a browser can come back to: what was typed is kept, so the step's own address shows it.
    return fragments.go(f"/caseload/new/{found.id}/{step}" + (f"?go={field}" if field else ""))


def _settle(step: str, said: Typed, content: dict[str, Any]) -> tuple[Typed, dict[str, str]]:
    """Keep in `content` what was typed. All of it with its rows, as it comes back, and a sentence at each field that
    another page changed meanwhile: there nothing is kept yet."""
    before = content.get("template", {})
    if step == "template":
        said = choose(said["template"], before)
    clash = merging.settle(step, said, content, request.form.get("page", ""))
    if step == "template" and not same(content["template"], before):
        content.pop("schedule", None)  # another template brings another schedule
    shown = said if step == "template" else {n: said[n] if n in clash else now for n, now in content[step].items()}
    return shown, merging.errors(step, content[step], clash, dict(names(content)))


def _way(found: TrialDraft, step: str, do: str) -> str:
    """Where a button leads that goes to another step, `back` or `to-terms`, without judging this one."""
    at = typed.STEPS.index(step)
    if do == "back":
        return f"/caseload/new/{found.id}/{typed.STEPS[at - 1]}" if at else "/caseload"
    to = do.removeprefix("to-")
    return f"/caseload/new/{found.id}/{to}" if do.startswith("to-") and to in typed.STEPS else ""


def _next(found: TrialDraft, step: str, content: dict[str, Any]) -> Answer:
    """The next step, or the end; a step that is wrong comes back."""
    wrong = problems(content, _today(content))
    if step in wrong:
        return screen(found, step, content, wrong[step], 422)
    if step != typed.STEPS[-1]:
        following = typed.STEPS[typed.STEPS.index(step) + 1]
        return fragments.go(f"/caseload/new/{found.id}/{following}")
    for earlier in typed.STEPS:
        if earlier in wrong:
            return fragments.go(f"/caseload/new/{found.id}/{earlier}?look=again")
    try:
        trial = finish(found, content, current_user.person.id, programme(), clock.now())
    except Refused as refused:
        return _not_proposed(found, refused.code)
    if found.trial_id:
        fragments.say(_("Proposed. Both must accept this version, also whoever had accepted the one before."))
    else:
        fragments.say(_("Proposed. It starts when both have accepted."))
    return fragments.go(f"/caseload/{trial}")


def _not_proposed(found: TrialDraft, why: str) -> Response:
    """Where it is said why. In a closed case what was typed stays: it can be opened again there."""
    if why == "gone":
        return _proposed(found.id) or fragments.go("/caseload")
    if why == "closed":
        assert found.case_id is not None
        fragments.say(_("This case is closed. Open it again first."), done=False)
        return fragments.go(f"/caseload/{found.trial_id or find.all_of_case(found.case_id)[0].trial.id}#case")
    fragments.say(_("Both have accepted meanwhile. A change of terms is a new trial."), done=False)
    return fragments.go(f"/caseload/{found.trial_id}")


def _found(draft_id: UUID, step: str = typed.STEPS[0]) -> tuple[TrialDraft, dict[str, Any]]:
    """The draft of the mediator who asks; nothing for anybody else, nor for a step that there is not."""
    if step not in typed.STEPS:
        abort(404)
    found = draft.find(draft_id, current_user.person.id, programme().id)
    if found is None:
        # What keeps itself while it is typed does not lead away: the page says that it did not go through.
        by_itself = request.form.get("do") in ("save", "preview")
        abort((None if by_itself else _proposed(draft_id)) or 404)
    return found, draft.content(found)


def _proposed(draft_id: UUID) -> Response | None:
    """To the trial, where the draft is gone because it was proposed: pressed twice, or an old page."""
    trial = draft.became(draft_id)
    if trial is None or find.for_mediator(current_user.person.id, programme().id, trial) is None:
        return None
    if request.method == "POST":
        fragments.say(_("It is proposed already."))
    return fragments.go(f"/caseload/{trial}")


def _needed(content: dict[str, Any], step: str) -> str:
    """The step itself, or the template: terms and schedule depend on it."""
    later = typed.STEPS.index(step) > typed.STEPS.index("template")
    known = content.get("template", {}).get("template") in templates()
    return "template" if later and not known else step


def _mine() -> list[TrialDraft]:
    return draft.all_of(current_user.person.id, programme().id)


def _zone(content: dict[str, Any]) -> ZoneInfo:
    """The trial's zone as far as it is known, else the programme's."""
    typed_zone = content.get("schedule", {}).get("zone", "")
    return ZoneInfo(typed_zone if is_zone(typed_zone) else programme().timezone)


def _today(content: dict[str, Any]) -> date:
    return clock.local_date(_zone(content))
