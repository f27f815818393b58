"""The audit trail: who looked at, took out, released, permitted or deleted what, and when. Never with content."""
