"""The way back: the return session."""
