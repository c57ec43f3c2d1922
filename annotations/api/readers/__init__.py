"""REST: what everybody reads and is told."""
