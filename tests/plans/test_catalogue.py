"""The catalogue is data: five plans, and any file that is dropped beside them."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from tests.plans.documents import SAMPLE
from tracker.plans.catalogue import FOLDER, CatalogueError, load_folder, starting_schedule, template, templates
from tracker.plans.check import check_plan
from tracker.plans.extract import extract
from tracker.plans.forms import Template
from tracker.plans.plan import WEEKDAYS
from tracker.plans.plan_json import schedule_to_json, terms_to_json

# key, usual days, parts of the schedule, kinds of observation
PLANS = [
    ("parenting", 28, ("nights",), {"day", "handoff"}),
    ("noise", 30, ("quiet_hours",), {"day", "noise", "moment"}),
    ("repairs", 30, ("milestones",), {"day", "moment"}),
    ("documents", 21, ("milestones",), {"day", "moment"}),
    ("open", 28, (), {"day", "moment"}),
]


def test_the_five_plans_in_their_order() -> None:
    found = [(one.key, one.days, one.parts, set(one.forms)) for one in templates().values()]
    assert found == PLANS


@pytest.mark.parametrize("one", templates().values(), ids=list(templates()))
def test_each_template_starts_out_as_a_valid_plan(one: Template) -> None:
    assert 3 <= len(one.terms) <= 6
    assert len(one.roles) == 2
    schedule = starting_schedule(one, date(2026, 3, 5), ("A", "B"))
    document = {
        **SAMPLE,
        "plan": one.key,
        "starts_on": "2026-03-05",
        "days": one.days,
        "terms": terms_to_json(one.terms[:5]),
        "schedule": schedule_to_json(schedule),
    }
    assert check_plan(document) == []
    assert set(document["schedule"]) == set(one.parts)
    last = date(2026, 3, 5).toordinal() + one.days - 1
    assert all(milestone.due.toordinal() <= last for milestone in schedule.milestones)


def test_what_the_day_asks() -> None:
    asked = {key: [question.key for question in one.forms["day"].questions] for key, one in templates().items()}
    assert asked["parenting"] == ["terms", "night", "child"]
    assert asked["noise"] == ["terms", "rest"]
    assert all(len(questions) <= 3 for questions in asked.values())  # the terms, and at most two questions


def test_the_noise_plan() -> None:
    noise = template("noise")
    weekday, weekend = (time(22), time(7)), (time(23), time(8))
    assert noise.quiet_hours == {day: weekend if day in ("fri", "sat") else weekday for day in WEEKDAYS}
    assert [(role.key, role.button) for role in noise.roles] == [("hears", "noise"), ("makes", "moment")]
    level = noise.forms["noise"].question("level")
    assert level is not None
    assert (level.low, level.high) == (1, 10)
    assert {choice.key: choice.text for choice in level.choices} == {
        "1": "Audible, but not with the television on",
        "5": "Clearly above the background",
        "10": "Nothing else can be heard",
    }


def test_the_parenting_plan_starts_on_its_monday() -> None:
    nights = starting_schedule(template("parenting"), date(2026, 3, 5), ("mum", "dad")).nights
    assert nights is not None
    assert (nights.anchor, nights.a, nights.b) == (date(2026, 3, 2), "mum", "dad")
    assert (nights.handoff_at, nights.tolerance_minutes, nights.first_day) == (time(17, 30), 10, False)


def test_a_file_dropped_in_the_folder_is_offered(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    copied = (FOLDER / "open.toml").read_text().replace("order = 5", "order = 3").replace("A topic", "A garden")
    (tmp_path / "garden.toml").write_text(copied)
    found = load_folder(tmp_path)
    assert list(found) == ["parenting", "noise", "garden", "repairs", "documents", "open"]
    assert found["garden"].name == "A garden of your own"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("order = 2", "order = ", "broken.toml: Invalid value"),
        ("days = 30", "days = 300", "broken.toml: days: 300 is not a whole number from 7 to 182"),
        ("days = 30", "", "broken.toml: days: is missing"),
        ('button = "noise"', 'button = "ring"', "broken.toml: roles[0].button: 'ring' is not one of day, handoff"),
        ('fri = ["23:00"', 'fri = ["25:00"', "broken.toml: quiet_hours.fri[0]: '25:00' is not a time HH:MM"),
        ('parts = ["quiet_hours"]', "parts = []", "broken.toml: quiet_hours: is not one of this template's parts"),
        ('key = "shoes"', 'key = "notice"', "broken.toml: terms[2].key: 'notice' is there twice"),
        ('key = "rest"', 'key = "mood"', "broken.toml: forms.day.questions[1].key: 'mood' is not one of terms"),
        ('{ key = "did"', '{ key = "done"', "broken.toml: forms.moment.questions[1].choices[0].key: 'done' is not one"),
        ("[forms.day]", "[forms.days]", "broken.toml: forms.days: is not known here"),
        ('name = "Thirty-day', 'colour = "red"\nname = "Thirty-day', "broken.toml: colour: is not known here"),
        (
            'parts = ["quiet_hours"]',
            'parts = ["milestones"]\nmilestones = [{ key = "list", text = "The list", due_day = 31 }]',
            "broken.toml: milestones[0].due_day: is after the last day",
        ),
        (
            'parts = ["quiet_hours"]',
            'parts = ["milestones"]\nmilestones = [{ key = "list", text = "", due_day = 3 }]',
            "broken.toml: milestones[0].text: ",
        ),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    source = (FOLDER / "noise.toml").read_text()
    assert old in source
    (tmp_path / "broken.toml").write_text(source.replace(old, new, 1))
    with pytest.raises(CatalogueError) as raised:
        load_folder(tmp_path)
    assert message in str(raised.value)


def test_translators_get_every_text_with_its_line() -> None:
    path = FOLDER / "noise.toml"
    with path.open("rb") as file:
        found = {text: line for line, _, text, _ in extract(file, [], [], {})}
    noise = template("noise")
    wanted = {noise.name, noise.description}
    wanted |= {text for term in noise.terms for text in (term.text, term.sign)}
    wanted |= {text for role in noise.roles for text in (role.label, role.button_text)}
    for form in noise.forms.values():
        wanted.add(form.name)
        for question in form.questions:
            wanted |= {question.text, question.help, *(choice.text for choice in question.choices)}
    assert set(found) == wanted - {""}
    lines = path.read_text().splitlines()
    assert all(text in lines[line - 1] for text, line in found.items())
