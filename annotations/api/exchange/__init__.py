"""REST: exports, imports and what travels between desks."""
