"""What can be tried: terms, forms and schedules. Pure: nothing here reads a clock, a file of the user or a database."""
