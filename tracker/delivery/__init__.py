"""Delivery: one `send` for each channel. Nothing here knows what a message is about."""
