"""REST: marking a text, editing it, undoing."""
