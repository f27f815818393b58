"""Nothing is lost and nothing is doubled: entries written without a network, over restarts, and a network that is bad.

Real are the browser, its worker and its storage, the server, and the proxy that drops requests and cuts answers.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.phones import KEPT, Phone, all_sent, owners, ready
from tests.browser.stage import Stage
from tests.browser.steps import back_online, keep, note, prepared, send, stored, written

HOUR = timedelta(hours=1)
NEXT = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"
SETTLED = """async () => {
  const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
  return !installing && !waiting && active.state === "activated";
}"""


def entries(count: int) -> list[dict[str, str]]:
    """So many of all four kinds; every tenth one corrects an earlier moment."""
    kinds = ("day", "handoff", "noise", "moment")
    made = [written(kinds[n % 4], n) for n in range(count)]
    for n in range(13, count, 10):
        earlier = made[n - 10 if made[n - 10]["kind"] == "moment" else n - 2 - (n - 2) % 4 + 3 - 4]
        made[n] = written("moment", n) | {"corrects": earlier["id"], "day": earlier["day"]}
    return made


def test_sixty_entries_over_three_restarts_and_a_bad_network(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Underground")
    network.behind = HOUR
    prepared(phone, owner)
    phone.offline()
    all_, began = entries(60), datetime.now(UTC)
    for number in range(4):
        phone.close()
        page = phone.open()
        page.goto("/")
        expect(page.get_by_role("button", name="As planned today")).to_be_visible()
        part = all_[number * 15 : number * 15 + 15]
        assert send(page, owner, part) == [f"/trials/{owner.trial}/outbox"] * 15
        expect(page.get_by_text(f"Waiting to be sent: {number * 15 + 15}")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert "row:60" in kept
    assert "Note number" not in kept, "what waits can be read"
    assert "Lights out" not in kept, "the plan can be read"
    assert "key false" in kept, "the key is one that scripts cannot read"

    network.lose, network.cut = 33, 20
    back_online(phone, page)
    rows = stored(owner)
    assert [str(row.id) for row in rows] == [one["id"] for one in all_]
    assert [row.note for row in rows] == [one["note"] for one in all_]
    assert [row.kind for row in rows] == [one["kind"] for one in all_]
    assert [str(row.day) for row in rows] == [one["day"] for one in all_]
    assert [str(row.corrects or "") for row in rows] == [one.get("corrects", "") for one in all_]
    for row in rows:  # the server's clock is an hour behind the phone's: that counts, and when it was written
        assert began - HOUR - timedelta(seconds=5) < row.recorded_at < datetime.now(UTC) - timedelta(minutes=59)
    assert sorted(row.recorded_at for row in rows) == [row.recorded_at for row in rows]


def replaced(page: Page, network: BadNetwork) -> None:
    """The next version of the app comes and takes its place, while nobody asks for anything.

    With developer tools attached Chromium stops the old worker amid its work: a page on its way never comes.
    """
    network.change = lambda path, body: body + b"\n// the next version" if path == "/worker.js" else body
    for _ in range(50):  # the first time, the browser may be looking for it already
        page.evaluate(NEXT)
        if network.seen.count(("GET /offline", 200)) > 1:  # it fetches what belongs to it
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("no next version came")
    page.wait_for_function(SETTLED)


def test_the_sign_in_ends_a_new_version_comes_and_two_tabs_are_open(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, other = owners(stage, "parenting", "Stairwell")
    page = prepared(phone, owner)
    page.goto(f"/trials/{owner.trial}/today")
    keep(page, "Half typed before all that.")
    phone.offline()
    before = {"day": (datetime.now(UTC) - timedelta(days=2)).date().isoformat()}
    all_ = [one | before if one["kind"] == "day" else one for one in entries(12)]  # today stays open, for the draft
    send(page, owner, all_[:6])
    owner.sign_in_ends()
    phone.offline(False)
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "Note number" not in page.evaluate(KEPT)
    assert not stored(owner)

    phone.sign_in(other.cookie)  # another person on the same phone neither sees nor sends it
    page.goto(f"/trials/{other.trial}/today")
    ready(page)
    expect(page.locator("#waiting")).to_be_hidden()
    page.goto(f"/trials/{other.trial}/outbox")
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
    assert not stored(owner)
    replaced(page, network)

    phone.sign_in(owner.signs_in())  # the one who wrote it is back, in two tabs
    assert phone.context is not None
    tabs = [page, phone.context.new_page()]
    for tab in tabs:
        tab.goto(f"/trials/{owner.trial}/today")
    for _ in range(300):  # from then on the phone has their key again
        if len(stored(owner)) == 6:
            break
        page.wait_for_timeout(100)
    for number, tab in enumerate(tabs):
        send(tab, owner, all_[6 + 3 * number : 9 + 3 * number])
    all_sent(page)
    assert [str(row.id) for row in stored(owner)] == [one["id"] for one in all_]
    for tab in tabs:
        assert note(tab) == "Half typed before all that."


def test_what_the_server_refuses_is_shown_with_its_text_to_mend(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Landing")
    page = prepared(phone, owner)
    phone.offline()
    taken, wrong = written("day", 1), written("day", 2)
    send(page, owner, [taken, wrong | {"id": taken["id"]}, written("day", 3)])
    phone.offline(False)
    page.goto(f"/trials/{owner.trial}/outbox")
    expect(page.get_by_text("This form was saved before with other answers.")).to_be_visible()
    expect(page.get_by_text("Note number 2.")).to_be_visible()
    assert len(stored(owner)) == 2
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_label("A note")).to_have_value("Note number 2.")
    page.get_by_label("A note").fill("Note number 2, mended.")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Saved for").first).to_be_visible()
    assert {row.note for row in stored(owner)} == {"Note number 1.", "Note number 2, mended.", "Note number 3."}


def test_a_wrong_field_is_shown_with_its_text_to_mend(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Attic")
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 2) | {"child": "9"}, written("day", 3)])
    phone.offline(False)
    page.goto(f"/trials/{owner.trial}/outbox")
    expect(page.get_by_text("Note number 2.")).to_be_visible()
    expect(page.get_by_text("Note number 3.")).to_have_count(0)
    assert len(stored(owner)) == 1, "the one behind it does not wait for it"
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_label("A note")).to_have_value("Note number 2.")
    page.get_by_role("radio", name="4", exact=True).check(force=True)
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Saved for").first).to_be_visible()
    assert {row.note for row in stored(owner)} == {"Note number 2.", "Note number 3."}


def test_sixty_that_wait_travel_in_one_request(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Cellar")
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, entries(60))
    network.seen.clear()
    back_online(phone, page)
    assert network.seen.count(("POST /outbox", 200)) == 1
    assert not [path for path, _status in network.seen if "observations" in path]
    assert len(stored(owner)) == 60
