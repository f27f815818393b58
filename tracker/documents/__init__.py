"""Typesetting: plain data in, a tagged PDF out. Knows no domain word; what a document says is the pages' affair."""
