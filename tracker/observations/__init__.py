"""What each party saw: recording it, once; correcting it without losing what was said first."""
