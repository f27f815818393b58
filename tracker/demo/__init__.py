"""Demo data: four trials with accounts as people really leave them, for looking around. None of it is anybody's."""
