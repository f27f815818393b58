"""A phone that somebody else may pick up: after Exit and after signing out it holds nothing, and Back shows nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import KEPT, Owner, Phone, all_sent, ask, owners, ready, until
from tests.browser.stage import Stage
from tests.browser.steps import (
    NEUTRAL,
    SAVED,
    begin_noise,
    exit_is_near,
    leave,
    prepared,
    send,
    stop_button,
    stored,
    written,
)

pytestmark = pytest.mark.whole_browser
SECRET = "Nobody else may read this."


def half_typed(page: Page, owner: Owner) -> None:
    """A note that is not saved yet: kept while its writer looks elsewhere, and there again after a crash."""
    page.goto(f"/trials/{owner.trial}/today")
    page.get_by_text("Add a note").click()
    page.get_by_label("A note").fill(SECRET)
    page.get_by_role("radio", name="Partly").first.check(force=True)
    page.goto(f"/trials/{owner.trial}/more")
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_label("A note")).to_be_visible()
    expect(page.get_by_label("A note")).to_have_value(SECRET)
    expect(page.get_by_role("radio", name="Partly").first).to_be_checked()
    assert SECRET not in page.evaluate(KEPT)
    assert "\ndraft:" in page.evaluate(KEPT), "under a name of its own: the app's own files have that word, too"


def nothing_left(page: Page) -> None:
    """Neither keys nor drafts nor pages, as soon as all of it is deleted: the worker may be at it still.

    What could not be sent is there, and nobody can read it.
    """
    for _ in range(100):
        kept = page.evaluate(KEPT)
        left = [word for word in (SECRET, "key ", "draft:", "kit:", "cache ", "Lights out", "running:") if word in kept]
        if not left:
            return
        page.wait_for_timeout(100)
    raise AssertionError(left)


def test_exit_leaves_nothing_and_back_shows_nothing(stage: Stage, phone: Phone) -> None:
    owner, other = owners(stage, "parenting", "Corridor")
    page = prepared(phone, owner)
    exit_is_near(page)
    half_typed(page, owner)
    leave(page)
    page.goto("/healthz")
    nothing_left(page)
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Lights out")).to_have_count(0)

    phone.sign_in(other.cookie)
    page.goto(f"/trials/{other.trial}/today")
    ready(page)
    expect(page.get_by_label("A note")).to_have_value("")


def test_exit_on_one_page_is_the_exit_from_all(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Hallway")
    page = prepared(phone, owner)
    exit_is_near(page)
    second = page.context.new_page()
    second.add_init_script("setTimeout = () => {}")  # a slow one: what its scripts put off has not come yet
    second.goto(f"/trials/{owner.trial}/calendar")
    leave(page)
    second.wait_for_url(NEUTRAL)
    second.go_back()
    expect(second.get_by_text("Lights out")).to_have_count(0)


def test_exit_without_a_network_is_finished_when_there_is_one(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Basement")
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1) | {"note": SECRET}])
    page.goto(f"/trials/{owner.trial}/today")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(500)
    phone.offline(False)
    page.goto("/")
    expect(page.get_by_role("heading", name="The weeks between two meetings")).to_be_visible()
    assert ("POST /exit", 303) in network.seen
    nothing_left(page)
    page.goto("/sign-in")
    expect(page.get_by_text("wait")).to_have_count(0)  # who picks up the phone does not learn that something waits
    assert not stored(owner)

    phone.sign_in(owner.signs_in())  # its writer is back: it is not lost
    page.goto(f"/trials/{owner.trial}/today")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    all_sent(page)
    assert [row.note for row in stored(owner)] == [SECRET]


def test_exit_holds_when_the_app_is_closed_before_the_server_knows(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Staircase")
    page = prepared(phone, owner)
    exit_is_near(page)
    network.silent = True
    leave(page)
    page.wait_for_timeout(500)
    phone.close()
    network.silent = False
    assert not [path for path, _status in network.seen if path == "POST /exit"]
    page = phone.open()
    page.goto(f"/trials/{owner.trial}/today")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert ("POST /exit", 303) in network.seen
    nothing_left(page)


def test_signing_out_sends_what_waits_first_and_else_asks(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Doorway")
    page = prepared(phone, owner)
    half_typed(page, owner)
    page.goto(f"/trials/{owner.trial}/more")
    phone.offline()
    send(page, owner, [written("day", 1) | {"note": SECRET}])
    asked: list[str] = []

    def refuse(dialog: object) -> None:
        asked.append(str(getattr(dialog, "message", "")))
        getattr(dialog, "dismiss")()  # noqa: B009  # the event brings no type

    page.once("dialog", refuse)
    with page.expect_event("dialog"):  # signing out with something unsent asks first
        page.get_by_role("button", name="Sign out").click()
    assert "1" in asked[0]
    phone.offline(False)
    until(page, "flush", lambda left: left == 0)
    second = page.context.new_page()
    second.goto(f"/trials/{owner.trial}/calendar")
    page.bring_to_front()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()  # who has no address is asked once more
    for one in (page, second):  # "nobody can see your pages on this device" is said of all of them
        expect(one.get_by_role("heading", name="You are signed out")).to_be_visible()
    second.close()
    nothing_left(page)
    page.wait_for_timeout(500)
    assert [path for path, _status in network.seen].count("GET /signed-out") == 2, "each of them once"
    assert [row.note for row in stored(owner)] == [SECRET]
    page.go_back()
    expect(page.get_by_text("Lights out")).to_have_count(0)


def test_a_page_that_was_left_open_writes_nothing_in_the_next_persons_name(stage: Stage, phone: Phone) -> None:
    owner, other = owners(stage, "parenting", "Kitchen")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    ready(page)
    phone.sign_in(other.cookie)
    second = page.context.new_page()
    second.goto(f"/trials/{other.trial}/today")
    ready(second)
    page.bring_to_front()
    page.get_by_text("Add a note").click()
    page.get_by_label("A note").fill(SECRET)
    page.wait_for_timeout(800)  # a draft is kept after 300 ms
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button", name="As planned today").click()
    assert answered.value.status == 400
    page.wait_for_timeout(500)
    assert not stored(owner) + stored(other)
    second.bring_to_front()
    second.goto(f"/trials/{other.trial}/today")
    ready(second)
    expect(second.get_by_label("A note")).to_have_value("")
    assert ask(second, "list") == []


def test_a_running_noise_survives_closing_and_is_stopped_without_a_network(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "noise", "Ceiling")
    page = prepared(phone, owner)
    phone.offline()
    page.goto("/today")
    begin_noise(page)
    phone.close()
    page = phone.open()
    page.goto("/")
    expect(stop_button(page)).to_be_visible()
    stop_button(page).click()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert len(ask(page, "list")) == 2
    phone.offline(False)
    all_sent(page)
    (row,) = stored(owner)
    assert (row.kind, sorted(row.answers)) == ("noise", ["end", "start"])


def test_a_shared_device_keeps_nothing(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Library")
    page = phone.open()
    phone.sign_in(owner.signs_in(shared=True))
    page.goto(f"/trials/{owner.trial}/today")
    page.get_by_text("Add a note").click()
    page.get_by_label("A note").fill(SECRET)
    page.wait_for_timeout(600)
    assert page.evaluate("() => navigator.serviceWorker.controller") is None
    assert page.evaluate(KEPT) == "{}\n{}"


def test_the_app_can_be_installed(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Garden")
    page = prepared(phone, owner)
    assert phone.context is not None
    cdp = phone.context.new_cdp_session(page)
    assert cdp.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
