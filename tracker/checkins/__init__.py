"""When each party is asked, and that it happens once."""
