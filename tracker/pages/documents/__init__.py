"""What can be taken away on paper: a file for each document, from the same values as its page."""
