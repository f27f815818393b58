"""What people do on a phone in several tests: write, save, wait, change what waits. Each step is one function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.phones import Owner, Phone, all_sent, ready
from tracker.db import db
from tracker.observations.model import Observation

HOUR = timedelta(hours=1)
STILL_HERE = "What you had typed is still here."
SAVED = "Saved on this phone. It will be sent when you are online."
NEUTRAL = "https://www.wikipedia.org/**"  # where Exit leads to
DRAFTED = 600  # milliseconds: a draft is kept after 300

# As a page's own form sends it, htmx or not: through the worker.
SEND = """async ([trial, all]) => {
  const places = [];
  for (const fields of all) {
    const sent = { method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" } };
    const answer = await fetch(`/trials/${trial}/observations`, sent);
    places.push(answer.headers.get("HX-Location") ?? answer.status);
  }
  return places;
}"""


def written(kind: str, number: int) -> dict[str, str]:
    """The fields of one form about one of the trial's days, none of which is yet to come by a clock an hour behind."""
    day = (datetime.now(UTC) - HOUR - timedelta(days=number % 8)).date()
    fields = {"id": str(uuid4()), "kind": kind, "day": day.isoformat(), "note": f"Note number {number}."}
    if kind == "day":
        return fields | {
            "term-bedtime": ("kept", "partly", "not_kept")[number % 3],
            "child": "4",
            "audience": "summary",
        }
    if kind == "handoff":
        return fields | {"outcome": "late", "minutes_late": str(number + 1), "audience": "mediator"}
    if kind == "noise":
        return fields | {"start": "00:00", "end": "00:01", "level": "7", "audience": "mediator"}
    return fields | {"at": "00:00", "type": "happened", "audience": "me"}


def prepared(phone: Phone, owner: Owner) -> Page:
    """The phone knows its owner and holds what a day without a network needs."""
    page = phone.open()
    phone.sign_in(owner.cookie)
    page.goto(f"/trials/{owner.trial}/today")
    ready(page)
    return page


def send(page: Page, owner: Owner, all_: list[dict[str, str]]) -> list[str]:
    """Each with the address of its form."""
    paths = {"noise": "noise", "moment": "moments"}
    for one in all_:
        path = paths.get(one["kind"], f"days/{one['day']}?{'handoff' if one['kind'] == 'handoff' else 'change'}=yes")
        one["draft"] = f"/trials/{owner.trial}/{path}"
    found: list[str] = page.evaluate(SEND, [owner.trial, all_])
    return found


def stored(owner: Owner) -> list[Observation]:
    """What the server has, in the order in which it came."""
    with owner.database():
        query = db.session.query(Observation).filter_by(trial_id=UUID(owner.trial))
        found = query.order_by(Observation.received_at).all()
        db.session.expunge_all()
    return found


def note(page: Page) -> str:
    return page.locator("#note").input_value()


def type_note(page: Page, text: str) -> None:
    """On Today and on a day's page the field opens first."""
    if not page.locator("#note").is_visible():
        page.get_by_text("Add a note").click()
    page.locator("#note").fill(text)


def partly(page: Page) -> None:
    """The first term of the day was kept partly."""
    page.locator("input[name^='term-'][value='partly']").first.check(force=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.click()


def moment(page: Page, owner: Owner, text: str) -> None:
    """A moment is written, and saved or kept."""
    page.goto(f"/trials/{owner.trial}/moments?type=did")
    page.get_by_label("Which day?").fill(datetime.now(UTC).date().isoformat())
    page.locator("#at").fill("00:00")
    page.get_by_role("radio", name="What I did").check(force=True)
    page.locator("#note").fill(text)
    save(page)
    page.wait_for_url(lambda url: "moments" not in url)


def stop_button(page: Page) -> Locator:
    """It is there while a noise runs."""
    return page.get_by_role("button", name="It stopped", exact=True)


def begin_noise(page: Page, within: float | None = None) -> None:
    """A noise runs, after so many milliseconds at most."""
    page.get_by_role("button", name="Noise now").first.click()
    expect(stop_button(page)).to_be_visible(timeout=within)


def change_it(page: Page) -> None:
    page.get_by_role("link", name="Change it").last.click()
    page.wait_for_url(lambda url: "outbox" not in url)
    expect(page.get_by_text(STILL_HERE)).to_be_visible()


def keep(page: Page, text: str) -> None:
    """Type a note, and wait until the phone has its draft."""
    type_note(page, text)
    page.wait_for_timeout(DRAFTED)


def save_as(page: Page, text: str) -> None:
    """Type a note and save it; what waits on the phone says it."""
    page.locator("#note").fill(text)
    save(page)
    expect(page.get_by_text(text, exact=True)).to_be_visible()


def open_draft(page: Page, address: str, text: str) -> None:
    """Open a form: what was typed in it is still there."""
    page.goto(address)
    expect(page.get_by_text(STILL_HERE)).to_be_visible()
    assert note(page) == text


def elsewhere(phone: Phone, page: Page, owner: Owner, path: str, fields: Mapping[str, str]) -> None:
    """The owner's other device posts there: past this phone's worker, and past its network."""
    place = f"http://{phone.network.target}/trials/{owner.trial}"
    token = page.request.get(f"{place}/more").text().split('name="csrf_token" value="')[1].split('"')[0]
    assert page.request.post(f"{place}/{path}", form={"csrf_token": token, **fields}).ok


def look_again(page: Page) -> None:
    """Somebody comes back to a page that lay behind another."""
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def exit_is_near(page: Page) -> None:
    """From here on the browser finds a page that stands for the neutral site. Not while a page is on its way: that
    would hold it up."""
    page.context.route(NEUTRAL, lambda route: route.fulfill(body="a neutral page"))


def leave(page: Page) -> None:
    """Exit."""
    page.bring_to_front()
    page.get_by_role("button", name="Exit").click()
    page.wait_for_url(NEUTRAL)


def back_online(phone: Phone, page: Page) -> None:
    """The network is back, and everything that waited is sent."""
    phone.offline(False)
    all_sent(page)


def notes(owner: Owner) -> list[tuple[str, UUID | None]]:
    """Each note that the server has, with the entry that it corrects."""
    return [(row.note, row.corrects) for row in stored(owner)]
