"""A push travels: a tap on the phone, one message, encrypted all the way, one notification, and a tap opens the day.

Real are the page and its script, the server, the encryption, the worker and its notification. The one thing that is not
is the browser maker's push service: a service on this machine stands in, and hands over what it was given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, expect

from tests.apart import apart
from tests.browser import chromium
from tests.browser.phones import Owner, owners
from tests.browser.stage import Stage
from tests.delivery.push_service import Device, PushService, push_service
from tracker import clock
from tracker.checkins import send
from tracker.checkins.send import Outlet
from tracker.config import load
from tracker.pages.check_in_words import compose
from tracker.returns import session

# The browser would ask its maker for an address; this one is told where this machine's service is.
SUBSCRIBED_HERE = """
const made = %s;
PushManager.prototype.subscribe = async (wanted) => {
  if (!wanted.userVisibleOnly || !wanted.applicationServerKey) throw new TypeError("not as a browser wants it");
  window.asked = wanted.applicationServerKey;
  return { toJSON: () => made };
};
"""
SHOWN = """async (expected) => {
  const all = await (await navigator.serviceWorker.ready).getNotifications();
  return JSON.stringify(all.map(({ title, body, tag }) => ({ title, body, tag }))) === expected;
}"""
TAPPED = """async () => {
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


@pytest.fixture
def service(stage: Stage) -> Iterator[PushService]:
    with push_service(stage.push_port) as running:
        yield running


@pytest.fixture(scope="module")
def notifying(playwright: Playwright) -> Iterator[Browser]:
    """A browser that can show notifications."""
    with chromium.launched(playwright, whole=True) as running:
        yield running


@pytest.fixture
def owner(stage: Stage) -> Owner:
    """Somebody in a trial of their own: what is noted here is in no other test's way."""
    return owners(stage, "parenting", "Letterbox")[0]


@pytest.fixture
def phone(stage: Stage, owner: Owner, notifying: Browser) -> Iterator[BrowserContext]:
    """Their phone, which shows notifications to whoever has asked."""
    stage.cookies[owner.person] = owner.cookie
    context = stage.enter(notifying, owner.person)
    context.set_default_timeout(30_000)  # encryption, a worker and a notification, on whatever machine
    page = context.new_page()
    page.goto("/")
    _grant(context, page, stage)
    yield context
    context.close()


def _grant(context: BrowserContext, page: Page, stage: Stage) -> None:
    """The person's own yes, which no script can give."""
    cdp = context.new_cdp_session(page)
    target = cdp.send("Target.getTargetInfo")["targetInfo"]
    asked = {"permissions": ["notifications"], "origin": stage.url, "browserContextId": target["browserContextId"]}
    cdp.send("Browser.grantPermissions", asked)


def _tick(stage: Stage) -> None:
    """What the scheduler's process does, here at once. Other people's mail goes into the stage's own folder."""
    hosts = f"http://127.0.0.1:{stage.push_port}"
    with apart(load({"DATA": str(stage.data), "BASE_URL": stage.url, "PUSH_HOSTS": hosts})) as app:
        send.tick(Outlet(app.extensions["config"], compose, session.times_of, clock.now))


def _registration(cdp: CDPSession, page: Page) -> str:
    """The id by which the browser's tools know the worker of this page."""
    found: list[dict[str, Any]] = []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    cdp.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.ready")
    for _ in range(600):
        if found:
            break
        page.wait_for_timeout(50)
    return str(found[-1]["registrationId"])


def _shows(page: Page, *notifications: dict[str, str]) -> None:
    """Wait until the phone shows these and no others."""
    page.wait_for_function(SHOWN, arg=json.dumps(notifications, separators=(",", ":")))


def test_from_a_tap_to_a_tap(stage: Stage, owner: Owner, phone: BrowserContext, service: PushService) -> None:
    device = Device(f"{service.url}/send/1")
    keys = asdict(device.subscription)
    made = {"endpoint": keys.pop("endpoint"), "keys": keys}
    page = phone.new_page()
    page.add_init_script(SUBSCRIBED_HERE % json.dumps(made))
    page.goto(f"/trials/{owner.trial}/reminders")
    assert page.evaluate("Notification.permission") == "granted"

    page.get_by_role("button", name="Show them on this device").click()
    expect(page.get_by_text("This device shows your reminders.")).to_be_visible()
    page.get_by_role("button", name="Send me one now").click()
    expect(page.get_by_text("It is on its way.")).to_be_visible()
    _tick(stage)

    path, headers, body = service.requests[-1]  # in the evening the day's own prompt is on its way, too
    assert (path, headers["content-encoding"]) == ("/send/1", "aes128gcm")
    assert b"reminder" not in body.lower()
    message = device.read(body)

    cdp = phone.new_cdp_session(page)
    deliver = {"origin": stage.url, "registrationId": _registration(cdp, page)}
    for earlier in ("One more.", ""):  # a newer one, or a repeat after a crash, takes the place of what is there
        data = json.dumps(message | {"body": earlier})
        cdp.send("ServiceWorker.deliverPushMessage", deliver | {"data": data})
        _shows(page, {"title": "You have a reminder.", "body": earlier, "tag": "reminder"})
    assert message["body"] == ""

    phone.service_workers[0].evaluate(TAPPED)
    page.wait_for_url("**/check-ins/*")
    expect(page.get_by_role("button", name="As planned today")).to_be_visible()
    _shows(page)
    assert page.url == message["url"]
    page.get_by_role("button", name="As planned today").click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()

    page.goto(f"/trials/{owner.trial}/reminders")
    page.get_by_role("button", name="Stop on this device").click()
    expect(page.get_by_role("button", name="Show them on this device")).to_be_visible()


def test_the_key_that_the_browser_is_told_is_the_one_that_signs(
    stage: Stage, owner: Owner, phone: BrowserContext, service: PushService
) -> None:
    page = phone.new_page()
    page.goto(f"/trials/{owner.trial}/reminders")
    told = page.locator("[data-push]").get_attribute("data-push")
    assert told is not None
    assert len(told) == 87  # 65 bytes of a point, in base64url
