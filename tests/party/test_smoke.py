def test_smoke(cast, visit):
    for person, trial in ((cast.parent_a, cast.parenting), (cast.downstairs, cast.noise), (cast.stranger, cast.strangers)):
        b = f"/trials/{trial.id}"
        v = visit(person)
        for u in ("today", "calendar", "prepare", "more", "plan", "reminders", "safety", "confidentiality", "pauses", "withdrawals", "summary", "days/2026-03-09", "days/2026-03-12"):
            v.get(f"{b}/{u}")
