"""Writing a trial file ``meanwhile.trial/1`` in canonical order. Pure.

Keys come in the format's order, observations by `recorded_at` (the instant), then by `id`; two spaces of indent, text
as it is, one line end at the end. What came from a file goes out with the same values and the same optional keys.
"""

from __future__ import annotations

import json
from typing import Any

from tracker.interchange.document import FORMAT, TrialFile
from tracker.interchange.observation import to_observation


def trial_document(trial: TrialFile) -> dict[str, Any]:
    """The file as JSON values."""
    entries = sorted(trial.entries, key=lambda entry: (entry.recorded_at, entry.id))
    return {"format": FORMAT, **trial.plan, "observations": [to_observation(entry) for entry in entries]}


def write_trial(trial: TrialFile) -> str:
    """The file's text; encode it as UTF-8."""
    return json.dumps(trial_document(trial), ensure_ascii=False, indent=2) + "\n"
