"""Tests that need a real browser and the real program."""
