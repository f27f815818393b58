"""A stock of notes that is drawn from without putting the same note twice beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random


class Stock:
    """Notes by what they are about: a key of any kind, such as a term and its rating."""

    def __init__(self, notes: Mapping[str, tuple[str, ...]]) -> None:
        self._notes = notes
        self._used: dict[str, int] = {}

    def draw(self, about: str, random: Random) -> str:
        """The next note about this, or an empty text if there is none; starts anywhere, then goes round."""
        notes = self._notes.get(about, ())
        if not notes:
            return ""
        at = self._used.get(about, random.randrange(len(notes)))
        self._used[about] = at + 1
        return notes[at % len(notes)]

    def about(self, terms: Mapping[str, str], random: Random) -> str:
        """A note about one of the day's rated terms; rather about what did not go as planned."""
        telling = [f"{term} {rating}" for term, rating in terms.items() if rating != "not_today"]
        unusual = [key for key in telling if not key.endswith(" kept")]
        choice = [key for key in unusual or telling if key in self._notes]
        return self.draw(random.choice(choice), random) if choice else ""
