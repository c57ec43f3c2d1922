"""Acts: what everybody reads and is told."""
