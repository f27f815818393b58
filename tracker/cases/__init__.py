"""Who with whom: cases, their parties, invitations and guests."""
