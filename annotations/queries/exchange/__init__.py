"""What pages and exports show: exports, imports and what travels between desks."""
