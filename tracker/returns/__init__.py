"""The way back: the return session, what is prepared for it and on it, and what a mediator's trials need until then."""
