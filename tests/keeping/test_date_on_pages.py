"""Once a case is closed, each page of a party says when what was noted goes: the notice that needs no address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from tests.cast import Cast
from tests.conftest import NOW
from tests.keeping.test_audit_trail import Visit
from tests.keeping.test_retention import day, note
from tests.mailbox import Mailbox
from tracker.cases import close
from tracker.keeping import holds, retention
from tracker.pages.purge_words import tell
from tracker.people import persons
from tracker.summaries import release

Travel = Callable[[datetime], None]


def test_each_page_of_a_party_says_the_date_also_to_who_has_no_address(
    cast: Cast, visit: Visit, travel: Travel, mailbox: Mailbox
) -> None:
    note(cast)
    persons.drop_email(cast.parent_b.id)
    release.release(cast.here(cast.parent_a, cast.parenting), cast.mediator.id, NOW)
    travel(day(30))
    reader, case = visit(cast.parent_b), cast.parenting.case_id

    def read() -> set[str]:
        paths = ("today", "my-data", "more", "calendar", "days/2026-03-09", "prepare", "plan", "summary")
        pages = [reader.get(f"/trials/{cast.parenting.id}/{path}").text for path in paths]
        return {found[0] if (found := re.findall(r"Your case is closed\. [^.]*\.", text)) else "" for text in pages}

    assert read() == {""}
    close.close(case, day(30))
    until = {"Your case is closed. What was noted in it is deleted on Wed 8 Jul 2026 or soon after."}
    assert read() == until
    assert not reader.get(f"/trials/{cast.parenting.id}/my-data").has("you get an email")
    assert visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/my-data").has("you get an email two weeks before")
    travel(day(106))
    assert retention.daily(day(106), tell).noticed == 1
    assert sorted(m["To"] for m in mailbox.take()) == ["mediator@example.org", "parent-a@example.org"]
    reader = visit(cast.parent_b)
    assert read() == until
    hold = holds.place(cast.programme, str(case), "why", cast.administrator.id, day(106))
    assert read() == {"Your case is closed. The programme has to keep what was noted in it at present."}
    holds.lift(cast.programme.id, hold.id, cast.administrator.id, day(106))
    close.reopen(case, day(106))
    assert read() == {""}


def test_while_somebodys_mail_cannot_be_sent_the_page_says_the_earliest_date(
    cast: Cast, visit: Visit, travel: Travel
) -> None:
    """The next try may go through, and two weeks later everything is gone."""
    close.close(cast.parenting.case_id, NOW)
    retention.daily(day(85), lambda _told: False)
    travel(day(86))
    assert visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/today").has("is deleted on Thu 18 Jun 2026")
    retention.daily(day(86), lambda _told: True)
    travel(day(88))
    assert visit(cast.parent_a).get(f"/trials/{cast.parenting.id}/today").has("is deleted on Thu 18 Jun 2026")
