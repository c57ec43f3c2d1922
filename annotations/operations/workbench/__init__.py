"""Acts: marking a text, editing it, undoing."""
