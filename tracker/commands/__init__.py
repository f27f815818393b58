"""What an operator can type: `tracker …`, a file for each command."""
