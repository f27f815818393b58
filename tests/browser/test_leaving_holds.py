"""Whoever left has left: with entries that wait, in two ways at once, and whatever was on its way from before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.leaving import OUT, back, entered, no_page_from_before, sign_out, signed_out
from tests.browser.phones import KEPT, Phone, all_sent, owners
from tests.browser.silence import SOON, hanging, impatient, kill
from tests.browser.stage import Stage
from tests.browser.steps import exit_is_near, leave, prepared, send, stored, written

HURRY = "((wait) => (window.setTimeout = (f, t, ...more) => wait(f, t > 5000 ? t / 10 : t, ...more)))(setTimeout)"


@pytest.mark.whole_browser
def test_signing_out_with_something_unsent_holds_though_the_app_is_closed_at_once(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Cloakroom")
    # A browser that is closed waits for what its worker asked for: not half a minute here.
    network.change = lambda path, body: body.replace(b"3e4", b"2e3") if "work" in path else body
    page = prepared(phone, owner)
    page.on("dialog", lambda _dialog: None)  # if there is time for the question, nobody answers it
    page.goto(f"/trials/{owner.trial}/more")
    phone.offline()
    send(page, owner, [written("day", 1)])
    network.silent = True
    phone.offline(False)
    sign_out(page)
    page.wait_for_timeout(300)
    phone.close()
    network.silent = False
    page = phone.open()
    signed_out(page, owner)
    assert not stored(owner)
    back(phone, page, owner)
    assert len(stored(owner)) == 1


@pytest.mark.whole_browser
def test_exit_while_a_sign_out_is_on_its_way_is_an_exit(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Turnstile")
    page = entered(phone, owner)
    page.goto(f"/trials/{owner.trial}/more")
    second = page.context.new_page()
    second.goto(f"/trials/{owner.trial}/calendar")
    with hanging(network, "/sign-out") as asked:
        sign_out(page)
        assert asked.wait(10)
        leave(second)
        second.wait_for_timeout(300)
    signed_out(second, owner)


@pytest.mark.whole_browser
def test_a_key_that_was_asked_for_before_an_exit_is_not_kept_after_it(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Keyhole")
    page = entered(phone, owner)
    owner.sign_in_ends()
    page.goto("/sign-in")
    page.wait_for_timeout(500)
    assert "key false" not in page.evaluate(KEPT)
    phone.sign_in(owner.signs_in())
    with hanging(network, "/device-key") as asked:
        page.goto(f"/trials/{owner.trial}/today")
        assert asked.wait(10)
        leave(page)
        page.wait_for_timeout(1000)
    page.wait_for_timeout(500)
    page.goto("/healthz")
    assert "key false" not in page.evaluate(KEPT)


@pytest.mark.whole_browser
def test_a_page_from_before_the_exit_does_not_come_after_it_on_a_shared_phone(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Counter")
    page, place = entered(phone, owner), f"/trials/{owner.trial}/more"
    leave(page)
    page.goto("/sign-in")
    phone.sign_in(owner.signs_in(shared=True))
    page.goto(f"/trials/{owner.trial}/today")
    no_page_from_before(page, network, place)


@pytest.mark.whole_browser
def test_an_exit_from_a_shared_phone_holds_without_a_network(stage: Stage, phone: Phone, network: BadNetwork) -> None:
    owner, _other = owners(stage, "parenting", "Kiosk")
    page = phone.open()
    exit_is_near(page)
    phone.sign_in(owner.signs_in(shared=True))
    page.goto(f"/trials/{owner.trial}/today")
    network.silent = True
    leave(page)
    page.wait_for_timeout(300)
    second = page.context.new_page()
    page.close()
    network.lose = 100
    network.silent = False
    second.wait_for_timeout(300)
    network.lose = 0
    assert not [path for path, _status in network.seen if path == "POST /exit"]
    second.goto(f"/trials/{owner.trial}/today")
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
    phone.sign_in(owner.signs_in(shared=True))  # and it was that sign-in alone
    second.goto(f"/trials/{owner.trial}/today")
    expect(second.get_by_role("button", name="As planned today")).to_be_visible()


@pytest.mark.whole_browser
def test_the_next_person_does_not_learn_that_somebody_who_left_wrote_something(stage: Stage, phone: Phone) -> None:
    owner, other = owners(stage, "parenting", "Letterbox")
    page = entered(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1)])
    page.goto(f"/trials/{owner.trial}/today")
    leave(page)
    phone.offline(False)
    page.goto("/sign-in")
    phone.sign_in(other.cookie)
    page.goto(f"/trials/{other.trial}/today")
    page.wait_for_timeout(1500)
    assert "key false" in page.evaluate(KEPT)
    other.sign_in_ends()
    page.goto("/sign-in")
    page.wait_for_timeout(1000)
    expect(page.get_by_text("What you wrote is kept on this phone.")).to_be_hidden()


@pytest.mark.whole_browser
def test_signing_out_without_a_network_blanks_what_else_is_open(
    stage: Stage, phone: Phone, network: BadNetwork
) -> None:
    owner, _other = owners(stage, "parenting", "Mezzanine")
    impatient(network)
    page = prepared(phone, owner)
    second = page.context.new_page()
    second.goto(f"/trials/{owner.trial}/calendar")
    page.bring_to_front()
    page.goto(f"/trials/{owner.trial}/more")
    network.silent = True
    sign_out(page)
    expect(page.get_by_role("button", name=OUT)).to_have_count(0, timeout=SOON)
    page.wait_for_timeout(1000)
    assert "calendar" not in second.url, second.content()[:500]


def test_the_outbox_claims_nothing_of_what_it_cannot_read(stage: Stage, phone: Phone) -> None:
    owner, _other = owners(stage, "parenting", "Skirting")
    page = prepared(phone, owner)
    phone.offline()
    send(page, owner, [written("day", 1)])
    page.goto(f"/trials/{owner.trial}/outbox")
    expect(page.get_by_text("Note number 1.")).to_be_visible()
    owner.sign_in_ends()
    phone.offline(False)
    expect(page.get_by_text("Note number 1.")).to_have_count(0)
    expect(page.get_by_text("Nothing waits here.")).to_be_hidden()
    expect(page.get_by_text("Sign in to send what waits here: 1")).to_be_visible()


@pytest.mark.parametrize(
    "answer", [pytest.param("accept", marks=[pytest.mark.soak, pytest.mark.whole_browser]), "dismiss"]
)
def test_signing_out_asks_although_the_worker_was_stopped(
    stage: Stage, phone: Phone, network: BadNetwork, answer: str
) -> None:
    owner, _other = owners(stage, "parenting", "Gangway")
    impatient(network)
    page = prepared(phone, owner)
    page.add_init_script(HURRY)
    page.goto(f"/trials/{owner.trial}/more")
    phone.offline()
    send(page, owner, [written("day", 1)])
    network.silent = True
    phone.offline(False)
    asked: list[str] = []

    def answered(dialog: Dialog) -> None:
        asked.append(dialog.message)
        getattr(dialog, answer)()

    page.on("dialog", answered)
    sign_out(page)
    page.wait_for_timeout(200)
    kill(page)
    expect(page.get_by_text("What waits on this phone is sent first.")).to_be_visible()
    sign_out(page)  # somebody who is impatient
    page.wait_for_timeout(2_500)
    network.silent = False
    assert ["1" in one for one in asked] == [True]
    page.wait_for_timeout(500)
    if answer == "accept":
        signed_out(page, owner)
        back(phone, page, owner)
    else:
        page.goto(f"/trials/{owner.trial}/today")
        all_sent(page)
