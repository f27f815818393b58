"""A plan being tried: proposed, accepted, paused, extended, ended. Every step is a dated record."""
