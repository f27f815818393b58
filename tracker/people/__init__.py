"""Who: people, the programmes they work for, and their sign-ins."""
