"""What pages and exports show: marking a text, editing it, undoing."""
