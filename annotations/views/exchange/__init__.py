"""Pages: exports, imports and what travels between desks."""
