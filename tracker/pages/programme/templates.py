"""Plan templates: the catalogue's to copy, the programme's own to change or to remove."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.pages import rows, since_opened
from tracker.pages.access import Audience, audience
from tracker.pages.fragments import go, say
from tracker.pages.pattern_words import patterns
from tracker.pages.programme import template_form
from tracker.pages.programme.blueprint import programme
from tracker.pages.programme.frame import mine, show
from tracker.pages.rows import Typed
from tracker.people import plan_templates
from tracker.people.model import PlanTemplate
from tracker.plans.catalogue import templates
from tracker.plans.plan import WEEKDAYS
from tracker.plans.template import Template

HOME = "/programme/templates"
Answer = Response | tuple[str, int]


@programme.get("/programme/templates")
@audience(Audience.ADMINISTRATOR)
def plans() -> tuple[str, int]:
    """What mediators of the programme can begin a trial with."""
    own = [_row(one) for one in plan_templates.of_programme(mine().id)]
    catalogue = [
        {"url": f"{HOME}/new?of={one.key}", "name": _(one.name), "text": _(one.description)}
        for one in templates().values()
    ]
    return show("templates.html", "settings", own=own, catalogue=catalogue, full=len(own) >= plan_templates.MOST)


@programme.get("/programme/templates/new")
@audience(Audience.ADMINISTRATOR)
def copy_plan() -> Answer:
    """A copy of one of the catalogue's, to change; nothing is kept before it is sent."""
    of = templates().get(request.args.get("of", ""))
    if of is None:
        return go(HOME)
    return _show(of, None, template_form.filled(of, own=False) | {"name": ""})  # two plans cannot have one name


@programme.post("/programme/templates")
@audience(Audience.ADMINISTRATOR)
def add_plan() -> Answer:
    """Keep the changed copy, or do what a button says to its rows."""
    of = templates().get(request.form.get("of", ""))
    return _keep(of, None) if of else go(HOME)


@programme.get("/programme/templates/<uuid:template>")
@audience(Audience.ADMINISTRATOR)
def plan_page(template: UUID) -> tuple[str, int]:
    """One of the programme's own as it is."""
    own, of = _own(template)
    return _show(of, own, template_form.filled(of, own=True))


@programme.post("/programme/templates/<uuid:template>")
@audience(Audience.ADMINISTRATOR)
def change_plan(template: UUID) -> Answer:
    """Keep what was changed, or do what a button says to its rows."""
    of = templates().get(request.form.get("of", ""))
    if of is not None and plan_templates.find(mine().id, template) is None:
        gone = _("This plan was removed on another page meanwhile. Save to add it anew.")
        return _show(of, None, template_form.read(request.form), {"name": gone}, status=422)
    own, of = _own(template)
    return _keep(of, own)


@programme.post("/programme/templates/<uuid:template>/removal")
@audience(Audience.ADMINISTRATOR)
def remove_plan(template: UUID) -> Response:
    """Offer it no longer; what a colleague has changed since this page was opened is looked at first."""
    own = plan_templates.find(mine().id, template)
    found = plan_templates.as_template(own) if own else None
    if found and since_opened.brought(request.form) not in ({}, since_opened.marks(template_form.kept(found))):
        say(_("This plan was changed on another page meanwhile. Look at it first."), done=False)
        return go(f"{HOME}/{template}")
    gone = plan_templates.remove(mine().id, template)
    words = _("Removed. Trials that came from it stay as they are.") if gone else _("It was removed before.")
    say(words, done=gone)
    return go(HOME)


def _row(one: PlanTemplate) -> dict[str, str]:
    """One of the programme's own in the list; `left` says why it is not offered, if it is not."""
    of = templates().get(one.based_on)
    row = {"url": f"{HOME}/{one.id}", "name": one.content["name"], "text": one.content["description"]}
    if of is None:
        left = _("The plan that it was copied from is no longer there. It is not offered.")
    elif plan_templates.as_template(one) is None:
        left = _("It no longer fits the plan that it was copied from. It is not offered.")
    else:
        left = ""
    return row | {"of": _(of.name) if of else "", "left": left}


def _keep(of: Template, own: PlanTemplate | None) -> Answer:
    typed, do = template_form.read(request.form), request.form.get("do", "save")
    if do != "save":
        was = since_opened.brought(request.form)
        return _show(of, own, typed, go_to=rows.press(typed, do, template_form.LISTS), was=was)
    content, at = template_form.content(typed, of.parts)
    if own is not None and content != own.content:  # else its answer was lost on the way
        typed, clash = since_opened.merge(request.form, typed, template_form.kept(of))
        if clash:
            return _show(of, own, typed, template_form.newer(clash, dict(patterns())), status=422)
        content, at = template_form.content(typed, of.parts)
    by, now = current_user.person.id, clock.now()
    try:
        if own is None:
            plan_templates.add(mine().id, of.key, content, by, now)
        else:
            plan_templates.change(own, content, by, now)
    except Refused as refused:
        if refused.code == "gone":
            abort(404)
        errors = template_form.sentences(refused.problems, at, typed)
        if refused.code == "many":
            errors = {"name": _("You have as many plans as there can be. Remove one first.")}
        return _show(of, own, typed, errors, status=422)
    say(_("Saved. Your mediators can begin a trial with it."))
    return go(HOME)


def _show(
    of: Template,
    own: PlanTemplate | None,
    typed: Typed,
    errors: dict[str, str] | None = None,
    *,
    go_to: str = "",
    status: int = 200,
    was: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    return show(
        "template.html",
        "settings",
        status,
        of=of.key,
        parts=of.parts,
        own=own,
        was=since_opened.marks(template_form.kept(of)) if own and was is None else was or {},
        url=f"{HOME}/{own.id}" if own else HOME,
        typed=typed,
        errors=errors or {},
        go_to=go_to,
        based_on=_(templates()[of.key].name),
        most={name: one.most for name, one in template_form.LISTS.items()},
        patterns=patterns(),
        weekdays=WEEKDAYS,
    )


def _own(template: UUID) -> tuple[PlanTemplate, Template]:
    """One of the programme's own and its values; another programme's is not found."""
    own = plan_templates.find(mine().id, template)
    found = plan_templates.as_template(own) if own else None
    return (own, found) if own and found else abort(404)
