"""Pages that show nothing but what was written."""
