"""Pages: what everybody reads and is told."""
