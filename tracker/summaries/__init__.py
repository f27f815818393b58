"""What both accounts say: the figures (pure), the agenda, and the release."""
