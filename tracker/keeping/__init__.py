"""Keeping what was entrusted: the trail of who read it, its keys, how long it stays, copies of it, and its way out."""
