"""Pages: load, make one call, answer."""
