"""In and out: the trial file. Reading and writing are pure; loading and exporting know the database."""
