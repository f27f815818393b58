"""The bench: the real server beside a bare one, on the same machine, in turn."""
