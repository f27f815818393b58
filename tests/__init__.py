"""The tests: a file for each use case, in the folders of `tracker/`."""
