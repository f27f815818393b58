"""What scanners look for first: nothing of it is there. And input that tries to be more than text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.visitor import Visitor
from tracker.config import ROOT
from tracker.db import db, transaction
from tracker.people.model import Membership, Person
from tracker.trials.model import Trial

Visit = Callable[..., Visitor]
HOSTILE = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "${7*7}", "%s%n%x", "{0.__class__}",
    "'; drop table person; --", "$(id)", "`id`", "=1+1", "../../etc/passwd", "a\r\nBcc: x@example.org", "\u202eabc",
)  # fmt: skip  # read in rows, as it is laid out


@pytest.mark.parametrize(
    "path",
    ["/.git/HEAD", "/static/", "/static/.", "/static/../build.mjs", "/static/%2e%2e/build.mjs", "/static/manifest.json",
     "/data/keys", "/metrics", "/docs", "/openapi.json", "/console", "/tracker/config.py", "/backup"],
)  # fmt: skip  # read in rows, as it is laid out
def test_no_folder_no_source_and_no_tool_is_served(app: Flask, visit: Visit, path: str) -> None:
    assert visit().client.get(path).status_code == 404


def test_methods_that_nobody_needs_are_refused(app: Flask, visit: Visit) -> None:
    for method in ("TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND"):
        answer = visit().client.open("/sign-in", method=method)
        assert answer.status_code in (400, 405)
        assert "Cookie" not in answer.text


def test_debugging_is_off(app: Flask) -> None:
    assert not app.debug
    assert not app.config.get("EXPLAIN_TEMPLATE_LOADING")
    assert app.jinja_env.autoescape is not False


def test_no_other_origin_may_read_an_answer(cast: Cast, visit: Visit) -> None:
    for browser in (visit(), visit(cast.parent_a)):
        for path in ("/", "/sign-in", "/healthz", "/places"):
            headers = browser.client.get(path, headers={"Origin": "https://example.com"}).headers
            assert not [name for name, _value in headers if name.lower().startswith("access-control-")]


def test_each_answer_says_what_it_is(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.parent_a)
    for path in ("/", "/sign-in", "/healthz", "/nowhere", f"/trials/{cast.parenting.id}/today"):
        answer = browser.client.get(path)
        kind = answer.headers["Content-Type"].lower()
        assert kind == "application/json" or "charset=utf-8" in kind or not answer.data, path


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_types_stays_text(cast: Cast, visit: Visit, text: str) -> None:
    """As a note that its author reads again, and in a form that comes back."""
    browser, trial = visit(cast.parent_a), cast.parenting.id
    form = {"kind": "day", "day": "2026-03-10", "id": str(uuid4()), "note": f"x {text}", "audience": "me"}
    browser.post(f"/trials/{trial}/observations", form)
    noted = browser.get(f"/trials/{trial}/days/2026-03-10")
    back = visit().post("/sign-in", {"email": text}, 422)
    for page in (noted, back):
        assert "<script>alert(1)" not in page.html
        assert "<img src=x" not in page.html
    assert text.splitlines()[0] in unescape(noted.html)


def test_fields_that_no_form_has_change_nothing(cast: Cast, visit: Visit) -> None:
    more = {"role": "administrator", "person_id": str(cast.parent_b.id), "is_admin": "1", "id": str(cast.parent_a.id)}
    visit(cast.parent_a).post(f"/trials/{cast.parenting.id}/pauses", more)
    roles = select(Membership.role).where(Membership.person_id == cast.parent_a.id)
    assert db.session.scalars(roles).all() == []


def test_a_value_given_twice_or_elsewhere_is_not_believed(cast: Cast, visit: Visit) -> None:
    """A form's fields come from its body alone, and of several values the first counts."""
    browser = visit()
    browser.post("/sign-in?email=ada@example.org", {}, 422)
    browser.post("/sign-in", {"email": ["none", "nobody@example.org"]}, 422)


def test_a_file_is_named_by_us_and_its_name_cannot_leave_the_header(cast: Cast, visit: Visit) -> None:
    title = 'A "plan"; filename=x.html/../\u202e\U0001f3e0'
    with transaction():
        db.session.get_one(Trial, cast.parenting.id).title = title
    answer = visit(cast.parent_a).client.get(f"/trials/{cast.parenting.id}/account.pdf?name=x.html")
    found = re.fullmatch(
        r"attachment; filename=\"document.pdf\"; filename\*=UTF-8''([A-Za-z0-9%._~-]+)",
        answer.headers["Content-Disposition"],
    )
    assert found is not None
    assert title in unquote(found[1])
    assert answer.data.startswith(b"%PDF-")


def test_nobody_is_there_before_somebody_is_invited(app: Flask) -> None:
    assert db.session.scalars(select(Person)).all() == []


def test_no_code_is_made_from_text() -> None:
    """No eval, no shell, no pickle, no template from a text, no markup that is believed unseen."""
    words = ("eval(", "exec(", "os.system", "shell=True", "pickle", "from_string(", "render_template_string", "marshal")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / "tracker").rglob("*.py")
        for word in words
        if word in path.read_text().replace("re.compile(", "")
    ]
    assert not found
    scripts = list((ROOT / "static" / "js").rglob("*.js"))
    signs = ("eval(", "new Function", "innerHTML", "outerHTML", "document.write", "insertAdjacentHTML", "__proto__")
    assert not [f"{path.name}: {word}" for path in scripts for word in signs if word in path.read_text()]


def test_templates_trust_no_text_unseen() -> None:
    """`|safe` and autoescape off would let text through as markup. Drawings of QR codes, which we make, may."""
    pages = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    assert not [str(path) for path, text in pages.items() if "autoescape false" in text]
    trusted = {name for text in pages.values() for name in re.findall(r"([\w.]+)\s*\|\s*safe\b", text)}
    assert trusted <= {"one.qr", "qr"}


@pytest.mark.parametrize(("fields", "status"), [(499, 303), (500, 413)])
def test_a_form_has_at_most_500_fields(cast: Cast, visit: Visit, fields: int, status: int) -> None:
    browser = visit(cast.parent_a)
    body = f"csrf_token={browser.token()}" + "&a=1" * fields
    path = f"/trials/{cast.parenting.id}/pauses"
    answer = browser.client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
