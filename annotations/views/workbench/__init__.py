"""Pages: marking a text, editing it, undoing."""
